package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterItem;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterJsonTest {
    private static final byte[] LARGE = bytes(1_048_576);

    @Test
    void letterOnTheStreamHasItsNameAndTenantAndIsReadAgain() {
        JsonNode sent = Json.parse(DeadLetterJson.streamRecord(Examples.exhausted()));
        assertThat(sent.get("id").textValue()).isEqualTo(Examples.exhausted().id());
        assertThat(sent.get("tenant_id").textValue()).isEqualTo("acme");
        assertThat(DeadLetterJson.read(sent)).isEqualTo(Examples.exhausted());
    }

    @Test
    void letterOfALargeRecordFitsOntoTheStreamAndSaysWhatIsMissing() {
        DeadLetter letter = holding(LARGE);
        byte[] sent = DeadLetterJson.streamRecord(letter);
        assertThat(sent.length).isLessThan(1_048_576 - 256);
        JsonNode shown = Json.parse(sent);
        byte[] kept = Base64.getDecoder().decode(shown.get("raw").textValue());
        assertThat(kept).isEqualTo(Arrays.copyOf(LARGE, 699_999));
        assertThat(shown.get("detail").textValue())
                .endsWith("; only the first 699999 of 1048576 bytes are kept");
        assertThat(shown.get("id").textValue()).isEqualTo(letter.id());
        assertThat(DeadLetterJson.read(DeadLetterJson.write(letter))).isEqualTo(letter);
    }

    @Test
    void recordLiesInPartsThatFitItemsAndGiveItBack() {
        for (int size : new int[] {0, 1, 2, 3, 224_999, 225_000, 225_001, 1_048_576}) {
            DeadLetter letter = holding(bytes(size));
            List<String> parts = DeadLetterItem.partsOf(letter.raw());
            DeadLetterItem item = DeadLetterItem.of(letter);
            assertThat(item.recordBytes()).isEqualTo(size);
            assertThat(item.recordParts()).isEqualTo(parts.size()).isBetween(1, 5);
            assertThat(parts).allMatch(part -> part.length() <= DeadLetterItem.PART_CHARACTERS);
            assertThat(Base64.getDecoder().decode(String.join("", parts))).hasSize(size);
            assertThat(item.letter().raw()).isEmpty();
            assertThat(item.letter().id()).isEqualTo(letter.id());
        }
    }

    @Test
    void letterOfWhoIsNoTenantBelongsToNobody() {
        DeadLetter letter = Examples.deadLetter().toBuilder().partitionKey("../x").build();
        assertThat(letter.tenantId()).isEqualTo("-");
        assertThat(Examples.deadLetter().tenantId()).isEqualTo("acme");
    }

    private static DeadLetter holding(byte[] record) {
        return Examples.deadLetter().toBuilder()
                .raw(Base64.getEncoder().encodeToString(record))
                .build();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
