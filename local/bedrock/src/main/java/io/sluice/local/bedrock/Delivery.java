package io.sluice.local.bedrock;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;

/** The ways in which an answer reaches its caller, or fails to. */
final class Delivery {

    /** Enough pieces that a caller waits for many of them. */
    private static final int PIECES = 20;

    private static final long HTTP2_INTERNAL_ERROR = 2;

    private final Vertx vertx;

    Delivery(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The whole answer at once. */
    void whole(HttpServerRequest http, byte[] body) {
        Responses.json(http.response(), 200, body);
    }

    /** The whole answer in {@value #PIECES} pieces, the last one after that time. */
    void drip(HttpServerRequest http, byte[] body, long millis) {
        HttpServerResponse response = http.response();
        begin(response, body);
        int piece = Math.max(1, (body.length + PIECES - 1) / PIECES);
        int[] sent = new int[1];
        vertx.setPeriodic(
                Math.max(1, millis / PIECES),
                timer -> {
                    if (response.closed() || response.ended()) {
                        vertx.cancelTimer(timer);
                        return;
                    }
                    int end = Math.min(body.length, sent[0] + piece);
                    Buffer next = Buffer.buffer(body).slice(sent[0], end);
                    sent[0] = end;
                    if (end == body.length) {
                        vertx.cancelTimer(timer);
                        response.end(next);
                    } else {
                        response.write(next);
                    }
                });
    }

    /** Half of the answer, and the connection is gone. */
    void half(HttpServerRequest http, byte[] body) {
        begin(http.response(), body);
        http.response()
                .write(Buffer.buffer(body).slice(0, body.length / 2))
                .onComplete(written -> none(http));
    }

    /** Half of the answer as if it were the whole: no JSON. */
    void garbage(HttpServerRequest http, byte[] body) {
        Responses.json(http.response(), 200, Arrays.copyOf(body, body.length / 2));
    }

    /** No answer, and the connection (or the stream, over HTTP/2) is gone. */
    void none(HttpServerRequest http) {
        if (http.version() == HttpVersion.HTTP_2) {
            http.response().reset(HTTP2_INTERNAL_ERROR);
        } else {
            http.connection().close();
        }
    }

    private static void begin(HttpServerResponse response, byte[] body) {
        response.putHeader("Content-Type", "application/json");
        response.putHeader("Content-Length", Integer.toString(body.length));
    }
}
