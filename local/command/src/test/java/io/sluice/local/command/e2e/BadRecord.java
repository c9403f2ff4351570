package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A record that no producer of ours writes.
 *
 * @param name of what is wrong with it
 * @param partitionKey under which it is put
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BadRecord(String name, String partitionKey, byte[] data) {
    private static final String TENANT = "demo-enterprise";
    private static final int MIB = 1 << 20;

    /** Puts one of each kind; by the sequence numbers they got. {@code real} is a good event. */
    static Map<String, BadRecord> putAll(EventStream stream, byte[] real) {
        Map<String, BadRecord> put = new LinkedHashMap<>();
        for (BadRecord record : all(real)) {
            put.put(stream.put(record.partitionKey(), record.data()), record);
        }
        return put;
    }

    private static List<BadRecord> all(byte[] real) {
        byte[] garbage = new byte[300];
        new Random(7).nextBytes(garbage);
        byte[] mebibyte = new byte[MIB - 100];
        Arrays.fill(mebibyte, (byte) 'x');
        return List.of(
                new BadRecord("garbage bytes", TENANT, garbage),
                new BadRecord("one byte", TENANT, new byte[] {0}),
                text("no object", "[]"),
                text("an empty object", "{}"),
                text("null", "null"),
                text("half a document", "{\"v\":1,"),
                text("facts of the wrong shape", "{\"v\":1,\"type\":\"request\",\"facts\":[]}"),
                text("facts without anything", "{\"v\":1,\"type\":\"request\",\"facts\":{}}"),
                text("an outcome without anything", "{\"v\":1,\"type\":\"outcome\",\"facts\":{}}"),
                text("a command without anything", "{\"v\":1,\"type\":\"command\",\"facts\":{}}"),
                text("an unknown type", "{\"v\":1,\"type\":\"gossip\",\"facts\":{}}"),
                text("a later version", "{\"v\":2,\"type\":\"request\",\"facts\":{}}"),
                text("a huge version", "{\"v\":1e400,\"type\":\"request\",\"facts\":{}}"),
                text("a version beyond a long", "{\"v\":99999999999999999999}"),
                text("deep nesting", "[".repeat(100_000)),
                text("a key twice", "{\"v\":1,\"v\":1}"),
                new BadRecord("1 MiB", TENANT, mebibyte),
                new BadRecord("another tenant's partition key", "demo-free", real),
                new BadRecord("a partition key of its own kind", "\u202e../../x", real),
                changed("a time beyond a long", real, "received_at_millis", "1e400"),
                changed("a time of the wrong type", real, "received_at_millis", "\"soon\""),
                changed("no tenant", real, "tenant_id", "null"),
                changed("a tenant of the wrong type", real, "tenant_id", "[]"),
                changed("no request id", real, "request_id", "null"),
                changed("a policy of the wrong type", real, "policy", "\"free\""));
    }

    /** Well-formed, but from before time: nothing may break on it. */
    static byte[] fromBeforeTime(byte[] real) {
        return changed("", real, "received_at_millis", "-9223372036854775808").data();
    }

    private static BadRecord text(String name, String text) {
        return new BadRecord(name, TENANT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static BadRecord changed(String name, byte[] real, String field, String value) {
        JsonNode event = Json.parse(new String(real, StandardCharsets.UTF_8));
        ObjectNode facts = (ObjectNode) event.path("facts");
        assertThat(facts.has(field)).as("facts have " + field).isTrue();
        facts.put(field, "@@@");
        return text(name, event.toString().replace("\"@@@\"", value));
    }

    /** The letter tells reason and place, and keeps the bytes (or as many as fit). */
    void assertLetter(JsonNode letter) {
        assertThat(letter.path("reason").asText()).as(name).isEqualTo("malformed-event");
        assertThat(letter.path("detail").asText()).as(name).isNotBlank();
        assertThat(letter.path("stream").asText()).as(name).isEqualTo("sluice-events");
        assertThat(letter.path("shard_id").asText()).as(name).startsWith("shardId-");
        assertThat(letter.path("partition_key").asText()).as(name).isEqualTo(partitionKey);
        assertThat(letter.path("arrived_at_millis").asLong()).as(name).isPositive();
        byte[] raw = Base64.getDecoder().decode(letter.path("raw").asText());
        assertThat(raw.length).as(name).isGreaterThanOrEqualTo(Math.min(data.length, 500_000));
        assertThat(Arrays.copyOf(data, raw.length)).as(name).isEqualTo(raw);
    }
}
