package io.sluice.sinks.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Retention;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.UsageItemJson;
import io.sluice.sinks.versioned.ItemForm;

/** How usage windows are written. */
public final class UsageForm implements ItemForm<UsageItem> {
    private static final long serialVersionUID = 1L;

    private final Retention retention;

    /** Of rows that are kept so long. */
    public UsageForm(Retention retention) {
        this.retention = retention;
    }

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public ObjectNode write(UsageItem item) {
        ObjectNode row = UsageItemJson.write(item);
        long expiresAt = retention.usageExpiresAtSeconds(item.key().windowStartMillis());
        return expiresAt == 0 ? row : row.put("expires_at", expiresAt);
    }

    @Override
    public UsageItem read(JsonNode node) {
        return UsageItemJson.read(node);
    }
}
