package io.sluice.ingress.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.Json;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.body.BodyFields;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.stream.StreamRecord;
import io.sluice.ingress.submit.Intake;
import io.sluice.ingress.tenant.Tenant;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a batch: JSON lines, each a submit body with an optional {@code custom_id}.
 * Empty lines are skipped. Holds no more than places in the body, because a batch is large.
 */
@Singleton
final class BatchReader {
    static final int MOST_LINES = 10_000;
    static final long USUAL_DEADLINE_MILLIS = 3_600_000;
    private static final int MOST_CUSTOM_ID_CHARACTERS = 64;
    private static final int MOST_ERRORS_TOLD = 20;

    private final Intake intake;

    BatchReader(Intake intake) {
        this.intake = intake;
    }

    /** All lines, each checked; a problem with the wrong lines' numbers if one is not right. */
    List<BatchLine> read(Tenant tenant, byte[] body) {
        List<BatchLine> lines = new ArrayList<>();
        Errors errors = new Errors();
        Set<String> names = new HashSet<>();
        for (BatchLine place : places(body)) {
            try {
                BatchLine line = checked(tenant, body, place);
                if (line.customId() != null && !names.add(line.customId())) {
                    throw Body.refused("custom_id: an earlier line has the same.");
                }
                lines.add(line);
            } catch (ProblemException e) {
                errors.add(place.number(), e.problem().detail());
            }
        }
        errors.throwIfAny();
        return lines;
    }

    /** The event of a checked line. */
    RequestEvent event(Tenant tenant, byte[] body, BatchLine line, @Nullable String traceparent) {
        ObjectNode node = tree(body, line);
        node.remove("custom_id");
        node.put("priority", Priority.LOW.wireName());
        RequestEvent event = intake.event(tenant, Json.bytes(node), traceparent);
        if (node.hasNonNull("deadline_ms")) {
            return event;
        }
        long deadline = event.facts().receivedAtMillis() + USUAL_DEADLINE_MILLIS;
        return event.toBuilder()
                .facts(event.facts().toBuilder().deadlineAtMillis(deadline).build())
                .build();
    }

    /** The record of an event; a problem if it does not fit onto the stream. */
    StreamRecord record(RequestEvent event) {
        return intake.record(event);
    }

    private BatchLine checked(Tenant tenant, byte[] body, BatchLine place) {
        BodyFields fields = BodyFields.of("", tree(body, place));
        String customId = fields.optionalText("custom_id", MOST_CUSTOM_ID_CHARACTERS);
        if (fields.word("priority", Priority.LOW, Priority::ofWireName) != Priority.LOW) {
            throw fields.wrong("priority", "a batch runs at low priority, leave it out");
        }
        BatchLine line = new BatchLine(place.number(), place.from(), place.to(), customId);
        record(event(tenant, body, line, null));
        return line;
    }

    private static ObjectNode tree(byte[] body, BatchLine line) {
        return (ObjectNode) Body.object(Arrays.copyOfRange(body, line.from(), line.to())).node();
    }

    private static List<BatchLine> places(byte[] body) {
        List<BatchLine> places = new ArrayList<>();
        int number = 1;
        int from = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                if (!isBlank(body, from, i)) {
                    places.add(new BatchLine(number, from, i, null));
                }
                from = i + 1;
                number++;
            }
        }
        if (places.isEmpty() || places.size() > MOST_LINES) {
            throw Body.refused(
                    "The body has "
                            + places.size()
                            + " lines with requests, expected 1 to "
                            + MOST_LINES
                            + ".");
        }
        return places;
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** What was wrong, line by line; the first few are told. */
    private static final class Errors {
        private final ArrayNode told = Json.object().arrayNode();
        private int count;

        void add(int line, String detail) {
            count++;
            if (told.size() < MOST_ERRORS_TOLD) {
                told.addObject().put("line", line).put("detail", detail);
            }
        }

        void throwIfAny() {
            if (count > 0) {
                throw Problem.of(
                                HttpStatus.BAD_REQUEST,
                                count
                                        + " lines are not right, the first is line "
                                        + told.get(0).get("line")
                                        + "; no request was taken in.")
                        .with("errors", told)
                        .asException();
            }
        }
    }
}
