package io.sluice.local.bedrock;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The interface below {@code /_local/}: what reached the models, and how they behave. Used by one
 * event loop.
 */
final class SteeringHandler {

    private final ObjectMapper mapper =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final CallLog calls;
    private final BehaviorBook behaviors;
    private final AnswerSizes sizes;
    private final ConverseHandler converse;

    SteeringHandler(
            CallLog calls, BehaviorBook behaviors, AnswerSizes sizes, ConverseHandler converse) {
        this.sizes = sizes;
        this.calls = calls;
        this.behaviors = behaviors;
        this.converse = converse;
    }

    /** Takes one steering request. */
    void handle(HttpServerRequest http, Buffer body) throws IOException {
        HttpMethod method = http.method();
        switch (http.path()) {
            case "/_local/calls" -> {
                if (method.equals(HttpMethod.GET)) {
                    answer(http, counted());
                } else {
                    notAllowed(http, "GET");
                }
            }
            case "/_local/behavior" -> {
                if (method.equals(HttpMethod.PUT)) {
                    put(http, body);
                } else if (method.equals(HttpMethod.GET)) {
                    answer(http, behaviors.describe());
                } else if (method.equals(HttpMethod.DELETE)) {
                    behaviors.delete(http.getParam("model"));
                    answer(http, behaviors.describe());
                } else {
                    notAllowed(http, "GET, PUT, DELETE");
                }
            }
            case "/_local/answer-size" -> {
                if (method.equals(HttpMethod.PUT)) {
                    putSize(http, body);
                } else if (method.equals(HttpMethod.GET)) {
                    answer(http, sizes.describe());
                } else {
                    notAllowed(http, "GET, PUT");
                }
            }
            default ->
                    Responses.problem(
                            http.response(),
                            404,
                            "Not found",
                            "there is /_local/calls, /_local/behavior, /_local/answer-size and /_local/quota, not "
                                    + http.path());
        }
    }

    private void put(HttpServerRequest http, Buffer body) throws IOException {
        try {
            Behavior behavior = BehaviorJson.read(mapper.readTree(body.getBytes()));
            behaviors.put(behavior, calls);
            answer(http, BehaviorJson.write(behavior));
        } catch (JsonProcessingException e) {
            Responses.problem(
                    http.response(), 400, "Not JSON", String.valueOf(e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            Responses.problem(
                    http.response(), 400, "Not a behavior", String.valueOf(e.getMessage()));
        }
    }

    private void putSize(HttpServerRequest http, Buffer body) throws IOException {
        try {
            sizes.put(mapper.readTree(body.getBytes()));
            answer(http, sizes.describe());
        } catch (JsonProcessingException e) {
            Responses.problem(
                    http.response(), 400, "Not JSON", String.valueOf(e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            Responses.problem(http.response(), 400, "Not a size", String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode counted() {
        ObjectNode json = mapper.createObjectNode();
        write(json, "calls", "by_model", calls.calls());
        write(json, "throttled", "throttled_by_model", calls.throttled());
        write(json, "unseen", "unseen_by_model", calls.unseen());
        ObjectNode byRegion = json.putObject("by_region");
        calls.callsByRegion().forEach(byRegion::put);
        return json.put("in_flight", converse.inFlight());
    }

    private static void write(
            ObjectNode json, String sumName, String mapName, Map<String, Long> counts) {
        json.put(sumName, counts.values().stream().mapToLong(Long::longValue).sum());
        ObjectNode byModel = json.putObject(mapName);
        counts.forEach(byModel::put);
    }

    private static void answer(HttpServerRequest http, ObjectNode json) {
        Responses.json(http.response(), 200, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void notAllowed(HttpServerRequest http, String allowed) {
        http.response().putHeader("Allow", allowed);
        Responses.problem(
                http.response(),
                405,
                "Method not allowed",
                http.path() + " takes " + allowed + ", not " + http.method());
    }
}
