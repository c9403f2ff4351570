package io.sluice.local.command.export;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import io.sluice.local.command.ledger.LedgerTables;
import java.io.IOException;
import java.math.BigInteger;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What tenants used in a month, row by row: one for each day and combination of labels. Holds one
 * row at a time.
 */
public final class Showback {
    private final LedgerTables tables;
    private final ShowbackForm form;
    private final CsvLines lines;
    private final long fromMillis;
    private final long toMillis;
    private final Runnable row;
    private long rows;
    private BigInteger picoUsd = BigInteger.ZERO;

    /**
     * A file of that month.
     *
     * @param out where lines go
     * @param row told of each line
     */
    public Showback(
            LedgerTables tables,
            ShowbackFormat format,
            YearMonth month,
            Appendable out,
            Runnable row) {
        this.tables = tables;
        this.form = ShowbackForm.of(format, month);
        this.lines = new CsvLines(out);
        this.fromMillis = millis(month);
        this.toMillis = millis(month.plusMonths(1));
        this.row = row;
    }

    /** Writes the names of the columns. */
    public void header() throws IOException {
        lines.line(form.header());
    }

    /** Writes a tenant's rows. */
    public void of(String tenantId) throws IOException {
        ShowbackRows days =
                new ShowbackRows(tables.usage(tenantId, Granularity.DAY, fromMillis, toMillis));
        while (days.hasNext()) {
            UsageItem day = days.next();
            if (form.takes(day)) {
                lines.line(form.cells(day));
                rows++;
                picoUsd = picoUsd.add(day.counts().costPicoUsd());
                row.run();
            }
        }
    }

    /** Lines written, without the header. */
    public long rows() {
        return rows;
    }

    /** What they cost together, 10^-12 USD. */
    public BigInteger picoUsd() {
        return picoUsd;
    }

    private static long millis(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
