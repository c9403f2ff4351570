package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;

/** One of the protocols in which CloudWatch is spoken. */
interface Wire {

    /** A request as every operation sees it. */
    record Call(String operation, JsonNode body) {}

    /** Reads a request. */
    Call read(HttpServerRequest http, byte[] body) throws IOException;

    /** Media type of responses. */
    String contentType();

    /** Headers every response has. */
    default void headers(HttpServerResponse response) {}

    /** Writes what an operation gives. */
    byte[] write(String operation, ObjectNode result, String requestId) throws IOException;

    /** An error as JSON and CBOR have it. */
    static ObjectNode error(String shapes, CloudWatchException error) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("__type", shapes + error.shape())
                        .put("message", error.text());
        if (!error.problems().isEmpty()) {
            node.set("dashboardValidationMessages", messages(error));
        }
        return node;
    }

    /** What is wrong with a dashboard's body. */
    static ArrayNode messages(CloudWatchException error) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        error.problems()
                .forEach(
                        problem ->
                                messages.addObject()
                                        .put("DataPath", problem.path())
                                        .put("Message", problem.message()));
        return messages;
    }

    /** Writes an error. */
    byte[] write(CloudWatchException error, String requestId) throws IOException;
}
