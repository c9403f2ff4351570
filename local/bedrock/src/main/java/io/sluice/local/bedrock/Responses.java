package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** Writes whole answers; one that finds its connection gone is dropped. */
final class Responses {

    private Responses() {}

    static void json(HttpServerResponse response, int status, byte[] body) {
        send(response, status, "application/json", body);
    }

    /** A fault as restJson1 carries it: the shape in a header, the message in the body. */
    static void fault(HttpServerResponse response, Fault fault, String message) {
        if (!response.headWritten()) {
            response.putHeader("x-amzn-ErrorType", fault.type());
        }
        byte[] body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("message", message)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        json(response, fault.status(), body);
    }

    /** A problem document (RFC 9457) for the steering interface. */
    static void problem(HttpServerResponse response, int status, String title, String detail) {
        byte[] body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        send(response, status, "application/problem+json", body);
    }

    private static void send(HttpServerResponse response, int status, String type, byte[] body) {
        if (response.closed() || response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", type).end(Buffer.buffer(body));
    }
}
