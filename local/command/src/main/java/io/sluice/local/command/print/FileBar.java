package io.sluice.local.command.print;

import io.sluice.sinks.verify.VerifyProgress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error that says how many files are done, and how many records they had. */
public final class FileBar implements VerifyProgress, AutoCloseable {
    private final ProgressBar bar;
    private long done;

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

    @Override
    public void begins(long files) {
        bar.maxHint(files);
    }

    @Override
    public void file(long records) {
        done += records;
        bar.setExtraMessage(done + " records");
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
