package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;

/**
 * JSON of a conversation's copy: its fields are the item's attributes in the table; {@code
 * conversation} is the range key. Turns are strings of JSON, opaque to whoever moves the item.
 */
public final class SessionItemJson {
    private SessionItemJson() {}

    /** A copy as a tree. */
    public static ObjectNode write(SessionItem item) {
        ObjectNode node =
                Json.object()
                        .put("tenant_id", item.tenantId())
                        .put("conversation", item.rangeKey())
                        .put("deleted", item.deleted());
        ArrayNode turns = node.putArray("turns");
        item.turns().forEach(turns::add);
        IsolationJson.write(node, item.isolation());
        return node.put("turn_count", item.turnCount())
                .put("truncated", item.truncated())
                .put("tokens", item.tokens())
                .put("updated_at_millis", item.updatedAtMillis())
                .put("expires_at", item.expiresAtSeconds())
                .put("version", item.version());
    }

    /** The copy of a tree; throws {@link MalformedJsonException} if it is none. */
    public static SessionItem read(JsonNode node) {
        Fields fields = Fields.of("session", node);
        return SessionItem.builder()
                .tenantId(fields.text("tenant_id"))
                .key(fields.word("conversation", SessionKey::parse))
                .deleted(fields.flag("deleted"))
                .turns(fields.textList("turns"))
                .turnCount(fields.smallNumber("turn_count"))
                .tokens(fields.number("tokens"))
                .updatedAtMillis(fields.number("updated_at_millis"))
                .expiresAtSeconds(fields.number("expires_at"))
                .version(fields.number("version"))
                .isolation(IsolationJson.read(fields))
                .build();
    }
}
