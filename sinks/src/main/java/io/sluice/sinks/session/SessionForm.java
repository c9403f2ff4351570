package io.sluice.sinks.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.SessionItem;
import io.sluice.contract.json.SessionItemJson;
import io.sluice.sinks.versioned.ItemForm;

/** How conversations' copies are written. */
public final class SessionForm implements ItemForm<SessionItem> {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public ObjectNode write(SessionItem item) {
        return SessionItemJson.write(item);
    }

    @Override
    public SessionItem read(JsonNode node) {
        return SessionItemJson.read(node);
    }
}
