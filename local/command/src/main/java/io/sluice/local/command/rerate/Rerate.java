package io.sluice.local.command.rerate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ResultItem;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.ledger.LedgerTables;
import io.sluice.local.command.ledger.RequestHistory;
import java.util.function.Predicate;

/** Prices a tenant's history again and keeps the outcome beside it. */
public final class Rerate {
    private final LedgerTables tables;
    private final PriceBook book;
    private final Days days;
    private final RerateReport report;
    private final Predicate<ObjectNode> store;
    private final Runnable row;

    /**
     * A re-rating of that span, all of whose results must still be kept.
     *
     * @param store keeps a row; says whether that changed anything
     * @param row told of each request that was read
     */
    public Rerate(
            LedgerTables tables,
            PriceBook book,
            Days days,
            RerateReport report,
            Predicate<ObjectNode> store,
            Runnable row) {
        this.tables = tables;
        this.book = book;
        this.days = days;
        this.report = report;
        this.store = store;
        this.row = row;
    }

    /** Prices a tenant's requests; what is held grows with days and models. */
    public void of(String tenantId) {
        Rerating rerating = new Rerating(book);
        RequestHistory requests =
                new RequestHistory(
                        tables.results(tenantId, days.issuedFromMillis(), days.issuedToMillis()),
                        tables.attempts(tenantId, days.issuedFromMillis(), days.issuedToMillis()));
        while (requests.hasNext()) {
            RequestHistory.Request request = requests.next();
            ResultItem result = request.result();
            row.run();
            if (result == null) {
                report.running();
            } else if (days.contains(result.decision().decidedAtMillis())) {
                rerating.add(result, request);
            }
        }
        rerating.sums()
                .forEach(
                        (place, rerated) -> {
                            report.add(tenantId, place.model(), rerated);
                            report.stored(
                                    store.test(
                                            RerateStore.row(tenantId, rerating, place, rerated)));
                        });
    }
}
