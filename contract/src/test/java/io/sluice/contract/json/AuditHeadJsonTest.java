package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.audit.AuditHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A record's place is found in its bytes, whatever else is in them. */
class AuditHeadJsonTest {
    private static final String HASH = "0a".repeat(32);

    @Property
    void placeIsFoundBetweenOtherFields(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode record = record(random);
        AuditHead head = AuditHeadJson.read(Json.bytes(record));
        assertThat(head.tenantId()).isEqualTo("acme");
        assertThat(head.seq()).isEqualTo(7);
        assertThat(head.previousHash()).isEqualTo(HASH);
    }

    @Property
    void valuesAreThoseThatAReaderOfTheWholeFinds(@ForAll long seed) {
        ObjectNode record = record(new Random(seed));
        byte[] bytes = Json.bytes(record);
        RawFields fields = new RawFields(bytes);
        Iterator<Map.Entry<String, JsonNode>> expected = record.properties().iterator();
        while (fields.next()) {
            Map.Entry<String, JsonNode> field = expected.next();
            JsonNode value = Json.parse(bytes, fields.valueFrom(), fields.valueLength());
            assertThat(value).isEqualTo(field.getValue());
        }
        assertThat(expected.hasNext()).isFalse();
    }

    /** Never an error of another kind, and never an endless walk. */
    @Property
    void damagedBytesAreReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = Json.bytes(record(random));
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        for (byte[] each : new byte[][] {bytes, damaged}) {
            try {
                AuditHeadJson.read(each);
            } catch (MalformedJsonException e) {
                assertThat(e).hasMessageStartingWith("record: ");
            }
        }
    }

    @Example
    void whatIsNoRecordIsRefused() {
        String whole = "{\"kind\":\"command\",\"prev_hash\":\"ab\",\"seq\":1,\"tenant_id\":\"a\"}";
        assertThat(AuditHeadJson.read(bytes(whole)).seq()).isEqualTo(1);
        for (String wrong :
                new String[] {
                    "",
                    "[]",
                    "{",
                    "{}",
                    whole + " ",
                    whole.substring(0, whole.length() - 1),
                    whole.replace("\"a\"", "\"a\\u0062\""),
                    whole.replace("\"a\"", "7"),
                    whole.replace(":1", ":0"),
                    whole.replace(":1", ":1.5"),
                    whole.replace(":1", ":"),
                    whole.replace(":1", ":99999999999999999999"),
                    whole.replace("\"seq\"", "\"seqq\""),
                    whole.replace(",\"seq\"", ", \"seq\"")
                }) {
            assertThatThrownBy(() -> AuditHeadJson.read(bytes(wrong)))
                    .as(wrong)
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode record(Random random) {
        ObjectNode record = Json.object();
        record.set("after", value(random, 0));
        record.put("arrived_at_millis", random.nextLong());
        record.set("input", value(random, 0));
        record.put("kind", "request").put("prev_hash", HASH);
        record.put("seq", 7).put("tenant_id", "acme");
        record.set("transitions", value(random, 0));
        return record;
    }

    private static JsonNode value(Random random, int depth) {
        ObjectNode holder = Json.object();
        switch (random.nextInt(depth < 4 ? 6 : 4)) {
            case 0:
                holder.put("x", random.nextInt());
                break;
            case 1:
                holder.put("x", "\\\"tenant_id\":\"{[\u00e9\ud83d\ude00]}," + random.nextInt());
                break;
            case 2:
                holder.put("x", random.nextBoolean());
                break;
            case 3:
                holder.putNull("x");
                break;
            case 4:
                ObjectNode inner = holder.putObject("x");
                for (int i = random.nextInt(3); i > 0; i--) {
                    inner.set("tenant_id" + i, value(random, depth + 1));
                }
                break;
            default:
                for (int i = random.nextInt(3); i >= 0; i--) {
                    holder.withArray("x").add(value(random, depth + 1));
                }
        }
        return holder.path("x");
    }
}
