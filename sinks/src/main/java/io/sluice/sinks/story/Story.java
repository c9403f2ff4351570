package io.sluice.sinks.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of one request, step by step, in plain words. Immutable. */
public final class Story {
    private static final String INDENT = "    ";
    private static final Set<String> ENDS =
            Set.of("rejected", "served", "settled", "expired", "answered", "failed", "cancelled");

    private final String requestId;
    private final String tenantId;
    private final List<StoryStep> steps;
    private final boolean ended;

    private Story(String requestId, List<AuditRecord> records) {
        this.requestId = requestId;
        this.tenantId = records.get(0).tenantId();
        this.steps =
                records.stream()
                        .map(record -> StoryStep.of(requestId, record))
                        .collect(Collectors.toUnmodifiableList());
        this.ended = records.stream().anyMatch(record -> ends(requestId, record));
    }

    /**
     * The story that these records tell.
     *
     * @param records at least one, in the order of the tenant's history
     */
    public static Story of(String requestId, List<AuditRecord> records) {
        return new Story(requestId, records);
    }

    private static boolean ends(String requestId, AuditRecord record) {
        for (JsonNode transition : Json.parse(record.body()).path("transitions")) {
            if (requestId.equals(transition.path("subject").asText())
                    && ENDS.contains(transition.path("what").asText())) {
                return true;
            }
        }
        return false;
    }

    /** Whose request it was. */
    public String tenantId() {
        return tenantId;
    }

    /** Its steps, oldest first. */
    public List<StoryStep> steps() {
        return steps;
    }

    /** Whether one of them ended it; a call that ends after its hold expired is told, too. */
    public boolean ended() {
        return ended;
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text =
                new StringBuilder().append(requestId).append(" of ").append(tenantId).append('\n');
        for (StoryStep step : steps) {
            text.append('\n')
                    .append(Amounts.time(step.arrivedAtMillis()))
                    .append("  record ")
                    .append(step.seq())
                    .append(": ")
                    .append(step.title())
                    .append('\n');
            step.lines().forEach(line -> line(text, line));
            step.counters()
                    .forEach(
                            counter ->
                                    line(
                                            text,
                                            counter.words()
                                                    + ": "
                                                    + counter.before()
                                                    + " -> "
                                                    + counter.after()));
            line(text, "engine " + step.engine());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String what) {
        text.append(INDENT).append(what).append('\n');
    }

    /** For programs; times are ISO 8601. */
    public ObjectNode json() {
        ObjectNode story =
                Json.object()
                        .put("request_id", requestId)
                        .put("tenant_id", tenantId)
                        .put("ended", ended);
        ArrayNode list = story.putArray("steps");
        for (StoryStep step : steps) {
            ObjectNode node =
                    list.addObject()
                            .put("seq", step.seq())
                            .put("at", Amounts.time(step.arrivedAtMillis()))
                            .put("kind", step.kind())
                            .put("title", step.title());
            ArrayNode lines = node.putArray("lines");
            step.lines().forEach(lines::add);
            ArrayNode counters = node.putArray("counters");
            step.counters()
                    .forEach(
                            counter ->
                                    counters.addObject()
                                            .put("name", counter.name())
                                            .put("words", counter.words())
                                            .put("before", counter.before())
                                            .put("after", counter.after()));
            node.put("engine", step.engine())
                    .put("prev_hash", step.previousHash())
                    .put("hash", step.hash());
        }
        return story;
    }
}
