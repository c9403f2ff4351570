package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Alert;
import java.time.Instant;

/**
 * JSON of an alert as webhooks carry it: {@code type}, {@code timestamp} and {@code data}, after
 * Standard Webhooks (github.com/standard-webhooks/standard-webhooks, read 2026-11-27). The same
 * alert gives the same bytes.
 */
public final class AlertJson {
    private AlertJson() {}

    /** An alert as the body of a webhook, UTF-8. */
    public static byte[] write(Alert alert) {
        ObjectNode details = Json.object();
        alert.details().forEach(details::put);
        ObjectNode data = Json.object().put("id", alert.id());
        if (alert.tenantId() != null) {
            data.put("tenant_id", alert.tenantId());
        }
        data.put("subject", alert.subject()).set("details", details);
        ObjectNode body =
                Json.object()
                        .put("type", "alert." + alert.kind().wireName())
                        .put("timestamp", Instant.ofEpochMilli(alert.atMillis()).toString());
        body.set("data", data);
        return Json.bytes(body);
    }
}
