package io.sluice.local.cloudwatch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects a request's body, finds its protocol, runs the operation and answers in the same
 * protocol.
 */
final class Routes {

    /** Of a body, before and after gzip (API reference, PutMetricData: 1 MB). */
    static final int LARGEST_BODY_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Operations operations;
    private final Wire query = new QueryWire();
    private final Wire json = new JsonWire();
    private final Wire cbor = new CborWire();

    Routes(Operations operations) {
        this.operations = operations;
    }

    void handle(HttpServerRequest http) {
        Buffer body = Buffer.buffer();
        http.exceptionHandler(gone -> LOG.debug("connection lost while reading a request", gone));
        http.handler(
                chunk -> {
                    if (body.length() <= LARGEST_BODY_BYTES) {
                        body.appendBuffer(chunk);
                    }
                });
        http.endHandler(v -> answer(http, body));
    }

    private void answer(HttpServerRequest http, Buffer body) {
        Wire wire = wireOf(http);
        String requestId = UUID.randomUUID().toString();
        try {
            respond(http, wire, 200, result(http, wire, body, requestId), requestId);
        } catch (IOException | RuntimeException e) {
            CloudWatchException error =
                    e instanceof CloudWatchException known ? known : CloudWatchException.internal();
            if (error != e) {
                LOG.error("{} {} failed", http.method(), http.path(), e);
            }
            http.response()
                    .putHeader(
                            "x-amzn-query-error",
                            error.queryCode() + (error.status() < 500 ? ";Sender" : ";Receiver"));
            refuse(http, wire, error, requestId);
        }
    }

    private byte[] result(HttpServerRequest http, Wire wire, Buffer body, String requestId)
            throws IOException {
        if (!http.method().equals(HttpMethod.POST) || (wire != cbor && !http.path().equals("/"))) {
            throw CloudWatchException.unknownOperation(http.method() + " " + http.path());
        }
        Wire.Call call = wire.read(http, plain(http, body));
        return wire.write(
                call.operation(),
                operations.run(call.operation(), Input.of(call.body())),
                requestId);
    }

    private static void refuse(
            HttpServerRequest http, Wire wire, CloudWatchException error, String requestId) {
        try {
            respond(http, wire, error.status(), wire.write(error, requestId), requestId);
        } catch (IOException e) {
            LOG.error("an error response cannot be written", e);
            http.response().setStatusCode(500).end();
        }
    }

    private Wire wireOf(HttpServerRequest http) {
        if (http.path().startsWith(CborWire.PATH)) {
            return cbor;
        }
        return http.getHeader("X-Amz-Target") != null ? json : query;
    }

    private static byte[] plain(HttpServerRequest http, Buffer body) throws IOException {
        byte[] bytes = body.getBytes();
        if ("gzip".equalsIgnoreCase(http.getHeader("Content-Encoding"))
                && bytes.length <= LARGEST_BODY_BYTES) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = in.readNBytes(LARGEST_BODY_BYTES + 1);
            } catch (IOException e) {
                throw CloudWatchException.malformed("The body is not gzip: " + e.getMessage());
            }
        }
        if (bytes.length > LARGEST_BODY_BYTES) {
            throw CloudWatchException.tooLarge(
                    "Request is larger than the limit of " + LARGEST_BODY_BYTES + " bytes.");
        }
        return bytes;
    }

    private static void respond(
            HttpServerRequest http, Wire wire, int status, byte[] body, String requestId) {
        if (http.response().closed()) {
            return;
        }
        wire.headers(http.response());
        http.response()
                .setStatusCode(status)
                .putHeader("Content-Type", wire.contentType())
                .putHeader("x-amzn-RequestId", requestId)
                .end(Buffer.buffer(body));
    }
}
