package io.sluice.sinks.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.sinks.versioned.ItemForm;

/** How usage windows are written. */
public final class UsageForm implements ItemForm<UsageItem> {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public ObjectNode write(UsageItem item) {
        return UsageItemJson.write(item);
    }

    @Override
    public UsageItem read(JsonNode node) {
        return UsageItemJson.read(node);
    }
}
