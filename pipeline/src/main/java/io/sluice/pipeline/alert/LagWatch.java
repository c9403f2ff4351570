package io.sluice.pipeline.alert;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one reader of a stream is behind. Lag is the distance between a record's arrival and the
 * time it is read at, so here alone the present time is an argument. Crosses again only after it
 * fell to half of its line. Not thread-safe.
 */
public final class LagWatch {
    /**
     * Crossings at records of the same ten minutes have one id: readers fall behind together, and
     * one that starts again reads the same records again.
     */
    private static final long SAME_MILLIS = 600_000;

    private final String stream;
    private final long lineMillis;
    private boolean behind;

    /** A reader that is not behind. */
    public LagWatch(String stream, long lineMillis) {
        this.stream = stream;
        this.lineMillis = lineMillis;
    }

    /**
     * A record is read.
     *
     * @param arrivedAtMillis when the stream took it
     * @param nowMillis when it is read
     * @return the alert if this crosses the line, else null
     */
    public @Nullable Alert observe(long arrivedAtMillis, long nowMillis) {
        long lagMillis = Math.max(0, nowMillis - arrivedAtMillis);
        boolean above = lagMillis >= lineMillis;
        boolean crossed = above && !behind;
        behind = above || (behind && lagMillis * 2 >= lineMillis);
        if (!crossed) {
            return null;
        }
        return Alert.ofSystem(
                AlertKind.STREAM_LAG,
                stream,
                Math.floorDiv(arrivedAtMillis, SAME_MILLIS),
                arrivedAtMillis,
                Map.of(
                        "lag_ms", Long.toString(lagMillis),
                        "arrived_at", Instant.ofEpochMilli(arrivedAtMillis).toString()));
    }
}
