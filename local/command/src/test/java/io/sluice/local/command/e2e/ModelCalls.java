package io.sluice.local.command.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The embedded Bedrock: its own count of calls, and how it treats them. Used by one thread. */
final class ModelCalls {
    private static final long POLL_SLACK_MILLIS = 200;

    private final Http http;
    private final TreeMap<Long, Long> history = new TreeMap<>();

    ModelCalls(String endpoint) {
        http = new Http(endpoint);
    }

    /** Every model answers after that time from now on. */
    void answerAfter(int millis) {
        behave("{\"model\":\"*\",\"latency_ms\":" + millis + "}");
    }

    /** Puts a behaviour, see the embedded Bedrock's {@code PUT /_local/behavior}. */
    void behave(String behavior) {
        http.put("/_local/behavior", behavior);
    }

    /** What reached the models so far. */
    Counts counts() {
        JsonNode json = http.get("/_local/calls");
        return new Counts(
                json.path("calls").asLong(),
                json.path("throttled").asLong(),
                json.path("unseen").asLong(),
                json.path("in_flight").asLong());
    }

    /**
     * Calls that came, by what became of them.
     *
     * @param calls calls that a model saw, whether or not its answer arrived
     * @param throttled calls refused before a model saw them
     * @param unseen calls whose connection was lost before a model saw them
     * @param inFlight calls that have not ended
     */
    record Counts(long calls, long throttled, long unseen, long inFlight) {}

    /** Calls that began within the last {@code callMillis} and so have not been answered. */
    int inFlight(int callMillis) {
        long now = System.nanoTime();
        long calls = counts().calls();
        history.put(now, calls);
        // One poll of slack: a call just short of its time may have been answered.
        Map.Entry<Long, Long> before =
                history.floorEntry(now - MILLISECONDS.toNanos(callMillis - POLL_SLACK_MILLIS));
        return (int)
                (calls - (before == null ? history.firstEntry().getValue() : before.getValue()));
    }
}
