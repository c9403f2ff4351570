package io.sluice.local.command.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;

/**
 * A request of the demo.
 *
 * @param atMillis when it is sent, from the start of the demo
 * @param tenant who sends it
 */
record DemoRequest(
        long atMillis, String tenant, String model, String prompt, String endpoint, int maxTokens) {

    /** The body of its submission. */
    ObjectNode body() {
        ObjectNode body = Json.object().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return body.put("max_tokens", maxTokens).put("temperature", 0).put("endpoint", endpoint);
    }
}
