package io.sluice.sinks.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.contract.TenantTable;
import io.sluice.sinks.aws.AwsAccess;
import org.apache.flink.api.connector.sink2.Sink;

/** Sinks of results. */
public final class ResultSinks {
    private ResultSinks() {}

    /**
     * Stores results that the engine decided alone: rejected, served from the cache, coalesced. At
     * least once, in batches and in no order. Such a result follows from the tenant's log, so
     * writing it again mostly is writing the same; and if it is not, because the engine took a
     * request for new that it had forgotten or decides by other rules than before, the result that
     * stands stays.
     *
     * @param access where DynamoDB is
     * @param table the table of result items; tenants kept apart have one of their own, see {@link
     *     TenantTable}
     */
    public static Sink<ResultItem> decided(AwsAccess access, String table, Retention retention) {
        return new DecidedResultSink(access, TenantTable.of(table), retention);
    }
}
