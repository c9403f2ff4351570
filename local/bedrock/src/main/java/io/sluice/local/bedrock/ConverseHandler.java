package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers Converse: checks, counts, waits by timer, then answers or fails as the behaviour says.
 * Used by one event loop.
 */
final class ConverseHandler {

    private final Vertx vertx;
    private final Delivery delivery;
    private final KnownModels models;
    private final CallLog calls;
    private final BehaviorBook behaviors;
    private final AnswerSizes sizes;
    private final QuotaBook quotas;
    private int inFlight;

    ConverseHandler(
            Vertx vertx,
            KnownModels models,
            CallLog calls,
            BehaviorBook behaviors,
            AnswerSizes sizes,
            QuotaBook quotas) {
        this.sizes = sizes;
        this.vertx = vertx;
        this.delivery = new Delivery(vertx);
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
        String region = CredentialScope.region(http.getHeader("Authorization"));
        BehaviorBook.Ruling ruling = behaviors.rulingFor(modelId, region, calls);
        Ending ending = ruling.ending();
        long mostTokens = (long) request.inputTokens() + request.maxTokens();
        if (ending.effect() == Effect.THROTTLE || !quotas.take(modelId, mostTokens)) {
            calls.throttled(modelId, region);
            throw new BedrockException(Fault.THROTTLING, Fault.THROTTLING.message());
        }
        if (ending.effect() == Effect.CUT_UNSEEN) {
            calls.unseen(modelId, region);
            delivery.none(http);
            return;
        }
        calls.called(modelId, region);
        track(http.response());
        if (ending.effect() == Effect.HANG) {
            return;
        }
        Answer answer = sizes.of(modelId, Answer.to(request));
        long waitMillis = ruling.behavior().latencyMillis(ruling.ordinal(), answer.outputTokens());
        after(
                waitMillis,
                http.response(),
                () -> {
                    if (ending.fault() == null) {
                        quotas.settle(
                                modelId, mostTokens, request.inputTokens(), answer.outputTokens());
                    }
                    deliver(
                            http,
                            encode(request, answer, waitMillis),
                            ending,
                            ruling.behavior().dripMillis());
                });
    }

    private void deliver(HttpServerRequest http, byte[] body, Ending ending, long dripMillis) {
        Fault fault = ending.fault();
        if (fault != null) {
            Responses.fault(http.response(), fault, fault.message());
            return;
        }
        switch (ending.effect()) {
            case CUT_BEFORE -> delivery.none(http);
            case CUT_AMID -> delivery.half(http, body);
            case DRIP -> delivery.drip(http, body, dripMillis);
            case GARBAGE -> delivery.garbage(http, body);
            default -> delivery.whole(http, body);
        }
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
