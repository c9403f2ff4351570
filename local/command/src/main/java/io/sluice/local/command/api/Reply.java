package io.sluice.local.command.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of the API.
 *
 * @param status the HTTP status
 * @param body the JSON document; an empty object when there is none
 */
public record Reply(int status, JsonNode body) {
    /** Whether the status is 2xx. */
    public boolean successful() {
        return status / 100 == 2;
    }

    /** What a person should read of a problem. */
    public String problem() {
        String detail = body.path("detail").asText(body.path("title").asText(""));
        return "HTTP " + status + (detail.isEmpty() ? "" : ": " + detail);
    }
}
