package io.sluice.local.command.audit;

import com.github.f4b6a3.ulid.Ulid;
import io.sluice.contract.Granularity;
import io.sluice.contract.ResultItem;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.ledger.Figures;
import io.sluice.local.command.ledger.LedgerTables;
import io.sluice.local.command.ledger.RequestHistory;
import io.sluice.local.command.ledger.RowCursor;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Audits one tenant, a day at a time. Requests are read in order of their ids, so a day is compared
 * and forgotten as soon as no request of it can follow: what is held grows with the minutes of some
 * three days, not with requests.
 */
public final class CostAudit {
    private static final int ULID_AT = 4;
    private static final int ULID_END = 30;

    /** What results and attempts of a day come to. */
    private static final class Books {
        private final Sums results = new Sums();
        private final Sums attempts = new Sums();
        private final Sums endpoints = new Sums();

        private void add(ResultItem result, RequestHistory.Request request) {
            long minute = Granularity.MINUTE.windowStart(result.decision().decidedAtMillis());
            results.add(result.model(), minute, Figures.of(result));
            attempts.add(result.model(), minute, Figures.of(request.attempts()));
            endpoints.add(
                    result.endpoint(), Granularity.DAY.windowStart(minute), Figures.of(result));
        }
    }

    private final LedgerTables tables;
    private final Days days;
    private final AuditReport report;
    private final Runnable row;

    /**
     * An audit of that span.
     *
     * @param row told of each request that was read
     */
    public CostAudit(LedgerTables tables, Days days, AuditReport report, Runnable row) {
        this.tables = tables;
        this.days = days;
        this.report = report;
        this.row = row;
    }

    /** Audits a tenant. */
    public void of(String tenantId) {
        report.tenant();
        if (days.isForgotten(days.fromMillis())) {
            report.notCompared(
                    "results before "
                            + Days.day(days.retainedMillis())
                            + ": they are kept no longer, only usage rows were compared with each"
                            + " other");
        }
        new OfTenant(tenantId).run();
    }

    private final class OfTenant {
        private final DayAudit audit;
        private final RowCursor minutes;
        private final RowCursor hours;
        private final RowCursor daily;
        private final RequestHistory requests;
        private final SortedMap<Long, Books> open = new TreeMap<>();
        private final String tenantId;
        private final long erasedBeforeMillis;
        private long nextDay = days.fromMillis();

        private OfTenant(String tenantId) {
            this.tenantId = tenantId;
            erasedBeforeMillis = tables.erasedBeforeMillis(tenantId);
            audit = new DayAudit(tenantId, report::found);
            minutes = cursor(Granularity.MINUTE);
            hours = cursor(Granularity.HOUR);
            daily = cursor(Granularity.DAY);
            long from = days.issuedFromMillis();
            long to = days.issuedToMillis();
            requests =
                    new RequestHistory(
                            tables.results(tenantId, from, to),
                            tables.attempts(tenantId, from, to));
        }

        private RowCursor cursor(Granularity granularity) {
            return new RowCursor(
                    tables.usage(tenantId, granularity, days.fromMillis(), days.toMillis()));
        }

        private void run() {
            while (requests.hasNext()) {
                RequestHistory.Request request = requests.next();
                closeBefore(Days.completeBefore(issuedAtMillis(request.requestId())));
                add(request);
            }
            closeBefore(days.toMillis());
        }

        private void add(RequestHistory.Request request) {
            row.run();
            ResultItem result = request.result();
            if (result == null) {
                report.running();
            } else if (days.contains(result.decision().decidedAtMillis())) {
                report.request();
                long day = Granularity.DAY.windowStart(result.decision().decidedAtMillis());
                open.computeIfAbsent(day, start -> new Books()).add(result, request);
            }
        }

        private void closeBefore(long endMillis) {
            long end = Math.min(endMillis, days.toMillis());
            for (; nextDay < end; nextDay = Granularity.DAY.windowEnd(nextDay)) {
                Books books = open.remove(nextDay);
                close(nextDay, books == null ? new Books() : books);
            }
        }

        private void close(long day, Books books) {
            long end = Granularity.DAY.windowEnd(day);
            UsageDay usage = new UsageDay();
            minutes.takeBefore(end, usage::minute);
            hours.takeBefore(end, usage::hour);
            daily.takeBefore(end, usage::day);
            audit.usage(usage);
            if (days.isForgotten(day)) {
                return;
            }
            if (day < erasedBeforeMillis) {
                report.notCompared(
                        "results of "
                                + tenantId
                                + " until "
                                + Days.day(erasedBeforeMillis)
                                + ": they were erased, only usage rows were compared with each"
                                + " other");
                return;
            }
            audit.models(usage, books.results, books.attempts);
            if (usage.hasManyEndpoints()) {
                report.notCompared(
                        "endpoints of "
                                + tenantId
                                + " on "
                                + Days.day(day)
                                + ": more than 100, the rest counts as other");
            } else {
                audit.endpoints(usage, books.endpoints);
            }
            report.totals(
                    usage.days(UsageDay.Level.MODEL).total(),
                    books.results.total(),
                    books.attempts.total());
        }
    }

    private static long issuedAtMillis(String requestId) {
        return Ulid.from(requestId.substring(ULID_AT, ULID_END)).getTime();
    }
}
