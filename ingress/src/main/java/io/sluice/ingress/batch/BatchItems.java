package io.sluice.ingress.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Retention;
import io.sluice.contract.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The items of the batches table as trees; their fields are the items' attributes. */
final class BatchItems {
    private BatchItems() {}

    /** The range key of one chunk of a batch. */
    static String chunkName(Batch batch, int chunk) {
        return batch.id() + '#' + batch.attempt() + '#' + chunk;
    }

    /** The batch itself. */
    static ObjectNode head(Batch batch, Retention retention) {
        ObjectNode item =
                item(batch, batch.id(), retention)
                        .put("attempt", batch.attempt())
                        .put("received_at", batch.receivedAtMillis())
                        .put("total", batch.total())
                        .put("stored", batch.stored())
                        .put("cancelling", batch.cancelling());
        ArrayNode begun = item.putArray("begun_at");
        batch.begunAtMillis().forEach(begun::add);
        return item;
    }

    /** The batch of its item. */
    static Batch batch(ObjectNode item) {
        return new Batch(
                item.required("tenant_id").textValue(),
                item.required("item").textValue(),
                item.required("attempt").textValue(),
                item.required("received_at").longValue(),
                item.required("total").intValue(),
                begun(item.required("begun_at")),
                item.required("stored").booleanValue(),
                item.required("cancelling").booleanValue());
    }

    private static List<Long> begun(JsonNode times) {
        List<Long> begun = new ArrayList<>();
        times.forEach(time -> begun.add(time.longValue()));
        return List.copyOf(begun);
    }

    /** One chunk of entries. */
    static ObjectNode chunk(Batch batch, int chunk, List<BatchEntry> entries, Retention retention) {
        ObjectNode item = item(batch, chunkName(batch, chunk), retention);
        ArrayNode ids = item.putArray("request_ids");
        ArrayNode names = item.putArray("custom_ids");
        entries.forEach(e -> ids.add(e.requestId()));
        entries.forEach(e -> names.add(e.customId()));
        return item;
    }

    /** The entries of a chunk's item. */
    static List<BatchEntry> entries(ObjectNode item) {
        List<BatchEntry> entries = new ArrayList<>();
        for (int i = 0; i < item.required("request_ids").size(); i++) {
            entries.add(
                    new BatchEntry(
                            item.required("request_ids").get(i).textValue(),
                            item.required("custom_ids").get(i).textValue()));
        }
        return entries;
    }

    private static ObjectNode item(Batch batch, String name, Retention retention) {
        return Json.object()
                .put("tenant_id", batch.tenantId())
                .put("item", name)
                .put("expires_at", expiresAtSeconds(batch, retention));
    }

    /** When a batch is forgotten, epoch seconds. */
    static long expiresAtSeconds(Batch batch, Retention retention) {
        return batch.receivedAtMillis() / 1_000 + retention.resultsSeconds();
    }
}
