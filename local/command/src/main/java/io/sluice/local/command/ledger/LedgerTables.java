package io.sluice.local.command.ledger;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Granularity;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageItem;
import java.util.Iterator;
import java.util.List;

/**
 * The tables that know of money. Iterators read page by page, so that what is held does not grow
 * with the table; each may be used once.
 */
public interface LedgerTables {
    /** The ids of all tenants, the deleted ones' too, in alphabetical order. */
    List<String> tenants();

    /**
     * Since when a tenant's results and attempts are there, epoch milliseconds: what is older was
     * erased; 0 if nothing was.
     */
    long erasedBeforeMillis(String tenantId);

    /**
     * A tenant's usage rows of that length whose windows start at or after {@code fromMillis} and
     * before {@code toMillis}, by window, then labels.
     */
    Iterator<UsageItem> usage(
            String tenantId, Granularity granularity, long fromMillis, long toMillis);

    /** A tenant's results of requests that were issued within that time, by request id. */
    Iterator<ResultItem> results(String tenantId, long fromMillis, long toMillis);

    /** The attempts to answer these requests, by request id, then number. */
    Iterator<AttemptItem> attempts(String tenantId, long fromMillis, long toMillis);
}
