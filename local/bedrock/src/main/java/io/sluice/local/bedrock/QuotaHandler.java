package io.sluice.local.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The steering interface of quotas: {@code /_local/quota}. Used by one event loop. */
final class QuotaHandler {
    static final String PATH = "/_local/quota";

    private final ObjectMapper mapper = new ObjectMapper();
    private final QuotaBook quotas;

    QuotaHandler(QuotaBook quotas) {
        this.quotas = quotas;
    }

    /** Takes one steering request. */
    void handle(HttpServerRequest http, Buffer body) throws IOException {
        HttpMethod method = http.method();
        if (method.equals(HttpMethod.PUT)) {
            put(http, body);
        } else if (method.equals(HttpMethod.GET)) {
            answer(http);
        } else if (method.equals(HttpMethod.DELETE)) {
            quotas.delete(http.getParam("model"));
            answer(http);
        } else {
            http.response().putHeader("Allow", "GET, PUT, DELETE");
            Responses.problem(
                    http.response(),
                    405,
                    "Method not allowed",
                    PATH + " takes GET, PUT, DELETE, not " + method);
        }
    }

    private void put(HttpServerRequest http, Buffer body) throws IOException {
        try {
            quotas.put(QuotaRule.read(mapper.readTree(body.getBytes())));
            answer(http);
        } catch (JsonProcessingException e) {
            Responses.problem(
                    http.response(), 400, "Not JSON", String.valueOf(e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            Responses.problem(http.response(), 400, "Not a quota", String.valueOf(e.getMessage()));
        }
    }

    private void answer(HttpServerRequest http) {
        Responses.json(
                http.response(),
                200,
                quotas.describe().toString().getBytes(StandardCharsets.UTF_8));
    }
}
