package io.sluice.local.command.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * How long the job may take to stop, by what its properties say it waits for.
 *
 * @param cancel for its tasks to end once it is cancelled: they wait for the answers of calls under
 *     way for {@code Invoke/stop.wait}
 */
record JobPatience(Duration cancel) {
    /** The job's own default, where its properties say nothing. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    /** What its tasks do besides. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** A last checkpoint (25 s), the end of the cluster (5 s), and some grace. */
    private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(33);

    /**
     * By a file of property groups.
     *
     * @throws IOException if it cannot be read, or its {@code Invoke/stop.wait} is no duration
     */
    static JobPatience of(Path properties) throws IOException {
        for (JsonNode group : new ObjectMapper().readTree(properties.toFile())) {
            JsonNode wait = group.path("PropertyMap").path("stop.wait");
            if ("Invoke".equals(group.path("PropertyGroupId").asText()) && !wait.isMissingNode()) {
                return new JobPatience(duration(properties, wait.asText()).plus(CLOSING));
            }
        }
        return new JobPatience(STOP_WAIT.plus(CLOSING));
    }

    /** For the whole process to stop. */
    Duration stop() {
        return cancel.plus(BEFORE_AND_AFTER);
    }

    private static Duration duration(Path properties, String seen) throws IOException {
        try {
            return Duration.parse(seen);
        } catch (DateTimeParseException e) {
            throw new IOException(
                    properties
                            + ": property Invoke/stop.wait: seen '"
                            + seen
                            + "', expected an ISO 8601 duration such as PT10S",
                    e);
        }
    }
}
