package io.sluice.local.kinesis.http;

import io.sluice.local.kinesis.api.KinesisApi;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Protocol;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes HTTP requests apart and sends answers.
 *
 * <p>Small puts run on the event loop, as they end in one write to the page cache; everything else
 * runs on worker threads.
 */
public final class HttpFrontend {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontend.class);
    private static final String TARGET_PREFIX = "Kinesis_20131202.";
    private static final Set<String> QUICK = Set.of("PutRecord", "PutRecords");
    private static final int QUICK_BYTES = 128 * 1024;

    private final Vertx vertx;
    private final KinesisApi api;
    private final Subscriptions subscriptions;
    private final Function<String, @Nullable ApiException> faults;
    private final boolean quickPuts;
    private final RequestIds requestIds;

    /**
     * Wires the frontend.
     *
     * @param faults the error that a test ordered for the next call of an operation, if any
     * @param quickPuts whether a put is quick enough for the event loop
     */
    public HttpFrontend(
            Vertx vertx,
            KinesisApi api,
            Subscriptions subscriptions,
            Function<String, @Nullable ApiException> faults,
            boolean quickPuts,
            long startMillis) {
        this.vertx = vertx;
        this.api = api;
        this.subscriptions = subscriptions;
        this.faults = faults;
        this.quickPuts = quickPuts;
        this.requestIds = new RequestIds(startMillis);
    }

    /** Handles one request, on its event loop. */
    public void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET) && request.path().equals("/healthcheck")) {
            request.response().end();
            return;
        }
        Protocol protocol = Protocol.of(request.getHeader("Content-Type"));
        RequestBody.collect(request)
                .onSuccess(body -> dispatch(request, protocol, body))
                .onFailure(e -> fail(request.response(), protocol, e));
    }

    private void dispatch(HttpServerRequest request, Protocol protocol, byte[] body) {
        HttpServerResponse response = request.response();
        try {
            String operation = operation(request);
            ApiException ordered = faults.apply(operation);
            if (ordered != null) {
                throw ordered;
            }
            if (operation.equals("SubscribeToShard")) {
                subscribe(request, protocol, body);
            } else if (quickPuts && body.length <= QUICK_BYTES && QUICK.contains(operation)) {
                answer(response, protocol, api.call(operation, protocol, body));
            } else {
                vertx.executeBlocking(() -> api.call(operation, protocol, body), false)
                        .onSuccess(answer -> answer(response, protocol, answer))
                        .onFailure(e -> fail(response, protocol, e));
            }
        } catch (RuntimeException e) {
            fail(response, protocol, e);
        }
    }

    private String operation(HttpServerRequest request) {
        String target = request.getHeader("X-Amz-Target");
        if (!request.method().equals(HttpMethod.POST)
                || target == null
                || !target.startsWith(TARGET_PREFIX)) {
            throw ApiException.unknownOperation(
                    "Expected a POST with X-Amz-Target: " + TARGET_PREFIX + "<operation>.");
        }
        if (request.getHeader("Authorization") == null) {
            throw ApiException.missingAuthentication();
        }
        String operation = target.substring(TARGET_PREFIX.length());
        if (!api.knows(operation) && !operation.equals("SubscribeToShard")) {
            throw ApiException.unknownOperation("There is no operation " + operation + ".");
        }
        return operation;
    }

    private void subscribe(HttpServerRequest request, Protocol protocol, byte[] body) {
        HttpServerResponse response = request.response();
        vertx.executeBlocking(() -> api.subscribe(protocol, body), false)
                .map(
                        feed -> {
                            response.putHeader("x-amzn-RequestId", requestIds.next());
                            subscriptions.start(feed, request);
                            return feed;
                        })
                .onFailure(e -> fail(response, protocol, e));
    }

    private void answer(HttpServerResponse response, Protocol protocol, byte[] body) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.putHeader("x-amzn-RequestId", requestIds.next());
        response.putHeader("Content-Type", protocol.contentType());
        response.end(Buffer.buffer(body)).onFailure(e -> LOG.debug("Client went away", e));
    }

    private void fail(HttpServerResponse response, Protocol protocol, Throwable cause) {
        if (response.closed() || response.ended()) {
            return;
        }
        ApiException error;
        if (cause instanceof ApiException known) {
            error = known;
        } else {
            LOG.error("A request failed for a reason that is not the client's", cause);
            error = ApiException.internalFailure("Internal service failure.");
        }
        response.setStatusCode(error.status());
        response.putHeader("x-amzn-ErrorType", error.type());
        answer(response, protocol, protocol.write(error));
    }
}
