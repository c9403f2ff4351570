package io.sluice.pipeline.alert;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** That the circuit of a model in a region opened in one subtask. Immutable. */
public final class CircuitOpened {
    /** Openings of one place within this time are one crossing: each subtask has its circuit. */
    private static final long SAME_MILLIS = 300_000;

    private final String place;
    private final long atMillis;

    /**
     * @param place the model and where it is
     * @param atMillis when it was found open by the invoker's clock, epoch milliseconds
     */
    public CircuitOpened(String place, long atMillis) {
        this.place = place;
        this.atMillis = atMillis;
    }

    /** The model and where it is. */
    public String place() {
        return place;
    }

    /** When it was found open by the invoker's clock, epoch milliseconds. */
    public long atMillis() {
        return atMillis;
    }

    /** What to tell of it; openings of five minutes have one id. */
    public Alert alert() {
        return Alert.ofSystem(
                AlertKind.CIRCUIT_OPEN,
                place,
                Math.floorDiv(atMillis, SAME_MILLIS),
                atMillis,
                Map.of("opened_at", Instant.ofEpochMilli(atMillis).toString()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CircuitOpened
                && place.equals(((CircuitOpened) other).place)
                && atMillis == ((CircuitOpened) other).atMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(place, atMillis);
    }

    @Override
    public String toString() {
        return "CircuitOpened{" + place + '@' + atMillis + '}';
    }
}
