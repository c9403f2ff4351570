package io.sluice.pipeline.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Feeds a whole trace to a simulation, a line at a time. */
public final class TraceRun {
    private static final long PROGRESS_LINES = 1_000_000;

    /** Is told how it goes. */
    public interface Listener {
        /** A line cannot be simulated; returns whether to go on without it. */
        boolean skips(long lineNumber, String why);

        /** So many lines were read; {@code all} if there are no more. */
        void read(long lines, boolean all);
    }

    private final Simulation simulation;
    private final Listener listener;

    /** A run of one trace. */
    public TraceRun(Simulation simulation, Listener listener) {
        this.simulation = simulation;
        this.listener = listener;
    }

    /**
     * Reads the trace to its end.
     *
     * @param trace JSON lines, UTF-8; stays the caller's to close
     * @return empty if a bad line stopped it
     */
    public Optional<SimulationReport> of(InputStream trace) throws IOException {
        TraceReader lines = new TraceReader(trace);
        long badLines = 0;
        boolean more = true;
        while (more) {
            try {
                more = take(lines);
            } catch (BadTraceLineException e) {
                if (!listener.skips(lines.lineNumber(), String.valueOf(e.getMessage()))) {
                    return Optional.empty();
                }
                badLines++;
            }
            if (more && lines.lineNumber() % PROGRESS_LINES == 0) {
                listener.read(lines.lineNumber(), false);
            }
        }
        listener.read(lines.lineNumber(), true);
        SimulationReport report = simulation.finish();
        report.badLines(badLines);
        return Optional.of(report);
    }

    private boolean take(TraceReader lines) throws IOException, BadTraceLineException {
        byte @Nullable [] line = lines.next();
        if (line == null) {
            return false;
        }
        simulation.add(TraceLineJson.read(line), lines.lineNumber());
        return true;
    }
}
