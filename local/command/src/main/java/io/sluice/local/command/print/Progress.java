package io.sluice.local.command.print;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Lines on standard error that say how far something is, with the time since the start. */
public final class Progress {
    private final PrintStream out;
    private final LongSupplier nanoClock;
    private final long startedAtNanos;

    public Progress(PrintStream out, LongSupplier nanoClock) {
        this.out = out;
        this.nanoClock = nanoClock;
        this.startedAtNanos = nanoClock.getAsLong();
    }

    /** Says that a step is done. */
    public synchronized void step(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", elapsedMillis() / 1000.0, what);
        out.flush();
    }

    /** Says what a person must see. */
    public synchronized void warn(String what) {
        out.printf(Locale.ROOT, "%6.1f s  !! %s%n", elapsedMillis() / 1000.0, what);
        out.flush();
    }

    /** Milliseconds since the start. */
    public long elapsedMillis() {
        return (nanoClock.getAsLong() - startedAtNanos) / 1_000_000;
    }
}
