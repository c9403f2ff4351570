package io.sluice.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.pipeline.audit.AuditScribe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.java.tuple.Tuple5;

/** Whether this build's engine decides all of a history as it was decided, to the bit. */
final class VerifyReplay {
    private final SortedMap<String, Tuple5<String, Long, Long, Integer, byte[]>> differences =
            new TreeMap<>();
    private long tenants;
    private long records;

    /** Folds and compares. */
    ObjectNode run(FoldJob job, Span span) throws Exception {
        job.run(
                "replay verify",
                Excerpt.COMPARED,
                new RefoldFunction(span, job.repeats()),
                RefoldFunction.RESULT,
                this::take);
        ObjectNode node =
                Json.object()
                        .put("fine", differences.isEmpty())
                        .put("engine", AuditScribe.ENGINE_VERSION)
                        .put("tenants", tenants)
                        .put("records", records);
        ArrayNode list = node.putArray("differences");
        Map<String, byte[]> recorded =
                RecordedBodies.of(job.files(), List.copyOf(differences.values()));
        differences.forEach(
                (id, now) -> list.add(json(now, recorded.getOrDefault(id, new byte[0]))));
        return node;
    }

    private void take(Tuple5<String, Long, Long, Integer, byte[]> tenant) {
        tenants++;
        records += tenant.f1;
        if (tenant.f2 > 0) {
            differences.put(tenant.f0, tenant);
        }
    }

    private static ObjectNode json(
            Tuple5<String, Long, Long, Integer, byte[]> difference, byte[] body) {
        ObjectNode node = Json.object().put("tenant_id", difference.f0).put("seq", difference.f2);
        ArrayNode lines = node.putArray("difference");
        try {
            JsonNode recorded = Json.parse(body);
            node.put("recorded_by_engine", recorded.path("engine").asText());
            JsonNode now = Json.parse(difference.f4);
            JsonDifference.of(recorded, now).forEach(lines::add);
            if (lines.isEmpty()) {
                lines.add("the same values, but written or stored in another way");
            }
        } catch (MalformedJsonException e) {
            lines.add(new String(difference.f4, StandardCharsets.UTF_8));
        }
        return node;
    }
}
