package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Writes an error. */
    byte[] write(CloudWatchException error, String requestId) throws IOException;
}
