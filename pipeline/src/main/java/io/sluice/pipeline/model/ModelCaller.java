package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.sinks.aws.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a model answer one request: the attempts, the waits between them, and the priced result of
 * the last. Thread-safe and never blocking.
 */
final class ModelCaller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCaller.class);

    private final ModelClient client;
    private final FinalResults results;
    private final InvokerClock clock;
    private final Backoff backoff;
    private final int maxAttempts;
    private final InvokeMetrics metrics;
    private volatile boolean closed;

    ModelCaller(
            ModelClient client,
            FinalResults results,
            InvokerClock clock,
            Backoff backoff,
            int maxAttempts,
            InvokeMetrics metrics) {
        this.client = client;
        this.results = results;
        this.clock = clock;
        this.backoff = backoff;
        this.maxAttempts = maxAttempts;
        this.metrics = metrics;
    }

    /**
     * Calls the model; the end hears of the result once, unless the call loses its place and gets
     * no other.
     */
    void call(Invocation invocation, AttemptPlace place, Consumer<ResultItem> end) {
        if (!results.canPrice(invocation.admitted().model())) {
            metrics.unpriced();
        }
        attempt(invocation, 1, place, end);
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private void attempt(
            Invocation invocation, int attempt, AttemptPlace place, Consumer<ResultItem> end) {
        ModelCall call = ModelCall.of(invocation.admitted());
        CompletableFuture<ModelReply> answer;
        try {
            answer = client.converse(call);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var unused =
                answer.whenComplete(
                        (reply, failure) -> {
                            if (failure == null) {
                                place.attemptEnded(CallEnd.answered(reply.usage()));
                                end.accept(answered(invocation, reply, attempt));
                            } else {
                                ModelException refusal = BedrockFailures.toException(failure, call);
                                place.attemptEnded(CallEnd.of(refusal.failure()));
                                refused(invocation, attempt, refusal, place, end);
                            }
                        });
    }

    private ResultItem answered(Invocation invocation, ModelReply reply, int attempt) {
        long nowMillis = clock.millis();
        metrics.answered(nowMillis - invocation.startedAtMillis());
        try {
            return results.succeeded(invocation, reply, attempt, nowMillis);
        } catch (RuntimeException e) {
            LOG.error("The answer to {} cannot be priced", invocation.facts().requestId(), e);
            return results.failed(invocation, Names.MODEL_ERROR, attempt, nowMillis);
        }
    }

    private void refused(
            Invocation invocation,
            int attempt,
            ModelException refusal,
            AttemptPlace place,
            Consumer<ResultItem> end) {
        long delayMillis = backoff.delayMillis(attempt);
        boolean again =
                refusal.failure().repeatable()
                        && attempt < maxAttempts
                        && !closed
                        && !invocation.isConcluded()
                        && clock.millis() + delayMillis < invocation.facts().deadlineAtMillis();
        if (again) {
            metrics.repeated();
            place.again(
                    invocation.terms().target(),
                    delayMillis,
                    attempt,
                    () -> attempt(invocation, attempt + 1, place, end));
            return;
        }
        LOG.debug("Attempt {}: {}", attempt, refusal.getMessage());
        metrics.failed();
        String reason = refusal.failure().reason();
        end.accept(results.failed(invocation, reason, attempt, clock.millis()));
    }
}
