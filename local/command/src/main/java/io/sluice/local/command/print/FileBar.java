package io.sluice.local.command.print;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error that says how many files are done, and how many records they had. */
public final class FileBar implements AutoCloseable {
    private final ProgressBar bar;
    private long records;

    /** A bar of that name. */
    public FileBar(String task) {
        bar =
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(0)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(250)
                        .build();
    }

    /** Says how many files there are. */
    public void files(long count) {
        bar.maxHint(count);
    }

    /** Says that a file is done. */
    public void file(long itsRecords) {
        records += itsRecords;
        bar.setExtraMessage(records + " records");
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
