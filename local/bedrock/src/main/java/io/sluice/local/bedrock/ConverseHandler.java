package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers Converse: checks, counts, waits by timer, then answers or fails as the behaviour says.
 * Used by one event loop.
 */
final class ConverseHandler {

    private final Vertx vertx;
    private final KnownModels models;
    private final CallLog calls;
    private final BehaviorBook behaviors;
    private final QuotaBook quotas;
    private int inFlight;

    ConverseHandler(
            Vertx vertx,
            KnownModels models,
            CallLog calls,
            BehaviorBook behaviors,
            QuotaBook quotas) {
        this.vertx = vertx;
        this.models = models;
        this.calls = calls;
        this.behaviors = behaviors;
        this.quotas = quotas;
    }

    /** Calls that reached the model and have not ended. */
    int inFlight() {
        return inFlight;
    }

    /**
     * Takes one call.
     *
     * @throws BedrockException when the call is answered at once with a fault
     */
    void handle(String modelId, Buffer body, HttpServerRequest http) throws IOException {
        ConverseRequest request =
                ConverseRequest.read(modelId, models.maxOutputTokens(modelId), body.getBytes());
        BehaviorBook.Ruling ruling = behaviors.rulingFor(modelId, calls.arrivals(modelId) + 1);
        Behavior.Effect effect = ruling.effect();
        long mostTokens = (long) request.inputTokens() + request.maxTokens();
        if (effect == Behavior.Effect.THROTTLE || !quotas.take(modelId, mostTokens)) {
            calls.throttled(modelId);
            throw new BedrockException(Fault.THROTTLING, Fault.THROTTLING.message());
        }
        calls.called(modelId);
        Answer answer = Answer.to(request);
        long waitMillis = ruling.behavior().latencyMillis(ruling.ordinal(), answer.outputTokens());
        Fault error = ruling.behavior().error();
        track(http.response());
        if (effect == Behavior.Effect.HANG) {
            return;
        }
        after(
                waitMillis,
                http.response(),
                () -> {
                    if (effect == Behavior.Effect.FAIL && error != null) {
                        Responses.fault(http.response(), error, error.message());
                    } else if (effect == Behavior.Effect.CUT) {
                        cut(http, encode(request, answer, waitMillis));
                    } else {
                        quotas.settle(
                                modelId, mostTokens, request.inputTokens(), answer.outputTokens());
                        Responses.json(http.response(), 200, encode(request, answer, waitMillis));
                    }
                });
    }

    private void track(HttpServerResponse response) {
        inFlight++;
        boolean[] over = new boolean[1];
        Runnable end =
                () -> {
                    if (!over[0]) {
                        over[0] = true;
                        inFlight--;
                    }
                };
        response.endHandler(v -> end.run());
        response.closeHandler(v -> end.run());
        response.exceptionHandler(e -> end.run());
    }

    private void after(long waitMillis, HttpServerResponse response, Runnable then) {
        if (waitMillis == 0) {
            then.run();
        } else {
            vertx.setTimer(
                    waitMillis,
                    timer -> {
                        if (!response.closed() && !response.ended()) {
                            then.run();
                        }
                    });
        }
    }

    private static void cut(HttpServerRequest http, byte[] whole) {
        HttpServerResponse response = http.response();
        response.putHeader("Content-Type", "application/json");
        response.putHeader("Content-Length", Integer.toString(whole.length));
        response.write(Buffer.buffer(whole).slice(0, whole.length / 2))
                .onComplete(
                        written -> {
                            if (http.version() == HttpVersion.HTTP_2) {
                                response.reset(2);
                            } else {
                                http.connection().close();
                            }
                        });
    }

    private static byte[] encode(ConverseRequest request, Answer answer, long latencyMillis) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode message = json.putObject("output").putObject("message");
        message.put("role", "assistant").putArray("content").addObject().put("text", answer.text());
        json.put("stopReason", answer.stopReason());
        json.putObject("usage")
                .put("inputTokens", request.inputTokens())
                .put("outputTokens", answer.outputTokens())
                .put("totalTokens", request.inputTokens() + answer.outputTokens())
                .put("cacheReadInputTokens", 0)
                .put("cacheWriteInputTokens", 0);
        json.putObject("metrics").put("latencyMs", latencyMillis);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
