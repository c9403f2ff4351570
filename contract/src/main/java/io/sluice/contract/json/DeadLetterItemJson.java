package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterId;
import io.sluice.contract.DeadLetterItem;

/** JSON of stored dead letters: the fields are the items' attributes in their table. */
public final class DeadLetterItemJson {
    private DeadLetterItemJson() {}

    /** A stored letter as a tree. */
    public static ObjectNode write(DeadLetterItem item) {
        DeadLetter letter = item.letter();
        String id = letter.id();
        ObjectNode node =
                Json.object()
                        .put("bucket", DeadLetterId.dayOf(id))
                        .put("item", id)
                        .put("tenant_id", letter.tenantId());
        node.setAll(DeadLetterJson.withoutRecord(letter));
        node.remove("v");
        node.put("record_bytes", item.recordBytes())
                .put("record_parts", item.recordParts())
                .put("expires_at", item.expiresAtSeconds());
        if (item.redrivenAs() != null) {
            node.put("redriven_as", item.redrivenAs())
                    .put("redriven_at_millis", item.redrivenAtMillis());
        }
        if (item.redrivenStored()) {
            node.put("redriven_stored", true);
        }
        return node;
    }

    /** A part of a letter's record as a tree. */
    public static ObjectNode writePart(DeadLetterItem item, int part, String characters) {
        return Json.object()
                .put("bucket", item.letter().id())
                .put("item", DeadLetterItem.partName(part))
                .put("characters", characters)
                .put("expires_at", item.expiresAtSeconds());
    }

    /** The stored letter of a tree; throws {@link MalformedJsonException} if it is none. */
    public static DeadLetterItem read(JsonNode node) {
        Fields fields = Fields.of("dead-letter", node);
        return DeadLetterItem.stored(
                DeadLetterJson.read(fields).raw("").build(),
                fields.smallNumber("record_bytes"),
                fields.smallNumber("record_parts"),
                fields.optionalText("redriven_as"),
                fields.number("redriven_at_millis", 0),
                fields.flag("redriven_stored", false));
    }

    /** The characters of a part. */
    public static String readPart(JsonNode node) {
        return Fields.of("dead-letter part", node).text("characters");
    }
}
