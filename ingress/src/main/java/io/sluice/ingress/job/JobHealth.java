package io.sluice.ingress.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the job is.
 *
 * @param state whether the rest is known
 * @param circuits the state of each target's circuit as its worst subtask sees it
 * @param behindMillis how old the record read last is, by stream, milliseconds
 * @param checkpoint the last complete checkpoint; null if there is none
 */
public record JobHealth(
        State state,
        SortedMap<String, Circuit> circuits,
        SortedMap<String, Long> behindMillis,
        @Nullable Checkpoint checkpoint) {
    /** Whether it is known how the job is. */
    public enum State {
        /** It is. */
        KNOWN("known"),
        /** Nobody told this node whom to ask. */
        NOT_CONFIGURED("not-configured"),
        /** Who should know does not answer. */
        UNAVAILABLE("unavailable"),
        /** Who should know knows of no job. */
        NO_JOB("no-job");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }
    }

    /** Whether calls go to a target. */
    public enum Circuit {
        /** They do. */
        CLOSED("closed"),
        /** A few do, to see whether it works again. */
        HALF_OPEN("half-open"),
        /** They do not. */
        OPEN("open");

        private final String wireName;

        Circuit(String wireName) {
            this.wireName = wireName;
        }

        /** Of the job's gauge: 0 closed, 1 half-open, 2 and what nobody knows open. */
        static Circuit ofGauge(long value) {
            return value == 0 ? CLOSED : value == 1 ? HALF_OPEN : OPEN;
        }
    }

    /**
     * A complete checkpoint.
     *
     * @param completedAtMillis epoch milliseconds
     */
    public record Checkpoint(
            long id, long completedAtMillis, long durationMillis, long stateBytes) {}

    /** Nothing but a state. */
    static JobHealth unknown(State state) {
        return new JobHealth(state, new TreeMap<>(), new TreeMap<>(), null);
    }

    /** For the page, as of {@code nowMillis}. */
    public ObjectNode json(long nowMillis) {
        ObjectNode json = Json.object().put("state", state.wireName);
        ArrayNode targets = json.putArray("circuits");
        for (Map.Entry<String, Circuit> circuit : circuits.entrySet()) {
            targets.add(
                    Json.object()
                            .put("target", circuit.getKey())
                            .put("state", circuit.getValue().wireName));
        }
        ArrayNode streams = json.putArray("lag");
        behindMillis.forEach(
                (stream, behind) ->
                        streams.add(Json.object().put("stream", stream).put("behind_ms", behind)));
        if (checkpoint != null) {
            json.putObject("checkpoint")
                    .put("id", checkpoint.id())
                    .put("age_ms", Math.max(0, nowMillis - checkpoint.completedAtMillis()))
                    .put("duration_ms", checkpoint.durationMillis())
                    .put("state_bytes", checkpoint.stateBytes());
        }
        return json;
    }
}
