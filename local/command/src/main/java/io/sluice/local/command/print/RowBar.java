package io.sluice.local.command.print;

import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A line on standard error that counts rows, whose number nobody knows, and names the step. */
public final class RowBar implements AutoCloseable {
    private static final int UNKNOWN = -1;

    private final ProgressBar bar;
    private final AtomicLong rows = new AtomicLong();

    /** A bar of that name. */
    public RowBar(String task) {
        bar =
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(UNKNOWN)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(250)
                        .build();
    }

    /** Says that a row was dealt with. */
    public void row() {
        bar.stepTo(rows.incrementAndGet());
    }

    /** Says which step is done. */
    public void step(String what) {
        bar.setExtraMessage(what);
    }

    @Override
    public void close() {
        bar.close();
    }
}
