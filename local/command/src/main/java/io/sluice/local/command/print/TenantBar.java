package io.sluice.local.command.print;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error that says how many tenants are done, and how many rows were read. */
public final class TenantBar implements AutoCloseable {
    private static final long EVERY = 1_000;

    private final ProgressBar bar;
    private long rows;

    /** A bar of that name over so many tenants. */
    public TenantBar(String task, int tenants) {
        bar =
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(tenants)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(250)
                        .build();
    }

    /** Says that a row was read. */
    public void row() {
        if (++rows % EVERY == 0) {
            bar.setExtraMessage(rows + " rows");
        }
    }

    /** Says that a tenant is done. */
    public void tenant() {
        bar.setExtraMessage(rows + " rows");
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
