package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.sinks.aws.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes admitted requests to their end: scheduled, called, priced, stored. Every request ends in
 * exactly one stored result, or in a failure that stops the job and so keeps the request.
 *
 * <p>Thread-safe and never blocking: runs on whichever thread an answer or alarm arrives.
 */
final class ModelInvoker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelInvoker.class);

    private final ModelClient client;
    private final FinalResults results;
    private final CallScheduler<Invocation> scheduler;
    private final ResultWriter writer;
    private final InvokerClock clock;
    private final Backoff backoff;
    private final int maxAttempts;
    private final InvokeMetrics metrics;
    private final AtomicInteger pumping = new AtomicInteger();
    private final Object alarmLock = new Object();
    private long alarmAtMillis = Long.MAX_VALUE;
    private volatile boolean closed;

    ModelInvoker(
            ModelClient client,
            FinalResults results,
            CallScheduler<Invocation> scheduler,
            ResultWriter writer,
            InvokerClock clock,
            Backoff backoff,
            int maxAttempts,
            InvokeMetrics metrics) {
        this.client = client;
        this.results = results;
        this.scheduler = scheduler;
        this.writer = writer;
        this.clock = clock;
        this.backoff = backoff;
        this.maxAttempts = maxAttempts;
        this.metrics = metrics;
    }

    /** Takes a request on; the completion hears of its end. */
    Invocation submit(AdmittedRequest admitted, Invocation.Completion completion) {
        Invocation invocation = new Invocation(admitted, completion);
        RequestFacts facts = invocation.facts();
        if (facts.deadlineAtMillis() <= clock.millis()) {
            passDeadline(invocation);
        } else if (!results.canPrice(facts.model())) {
            LOG.warn("No price for model {}: not called for {}", facts.model(), facts.requestId());
            fail(invocation, Names.MODEL_ERROR, 0);
        } else if (accept(invocation)) {
            armDeadline();
            pump();
        } else {
            metrics.shed();
            fail(invocation, Names.LANE_FULL, 0);
        }
        return invocation;
    }

    /** Ends a request that took too long, unless its result is already being stored. */
    void giveUp(Invocation invocation) {
        boolean started = invocation.startedAtMillis() != 0;
        fail(invocation, started ? Names.MODEL_ERROR : Names.DEADLINE, started ? 1 : 0);
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
        client.close();
    }

    private boolean accept(Invocation invocation) {
        RequestFacts facts = invocation.facts();
        return scheduler.offer(
                invocation,
                facts.tenantId(),
                facts.priority(),
                facts.policy().maxConcurrent(),
                invocation.admitted().request().payload().length(),
                facts.deadlineAtMillis());
    }

    /** Starts what may start; a call that ends at once does not recurse but goes round again. */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Invocation next = scheduler.next(); next != null; next = scheduler.next()) {
                start(next);
            }
            seen = pumping.addAndGet(-seen);
        } while (seen != 0);
    }

    private void start(Invocation invocation) {
        long nowMillis = clock.millis();
        if (closed || invocation.isConcluded()) {
            scheduler.ended(invocation.facts().tenantId());
        } else if (invocation.facts().deadlineAtMillis() <= nowMillis) {
            scheduler.ended(invocation.facts().tenantId());
            passDeadline(invocation);
        } else {
            invocation.startedAt(nowMillis);
            attempt(invocation, 1);
        }
    }

    private void attempt(Invocation invocation, int attempt) {
        RequestFacts facts = invocation.facts();
        ModelCall call =
                new ModelCall(
                        facts.tenantId(),
                        facts.requestId(),
                        facts.model(),
                        invocation.admitted().request().payload());
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
                                answered(invocation, reply, attempt);
                            } else {
                                refused(
                                        invocation,
                                        attempt,
                                        BedrockFailures.toException(failure, call));
                            }
                        });
    }

    private void answered(Invocation invocation, ModelReply reply, int attempt) {
        long nowMillis = clock.millis();
        metrics.answered(nowMillis - invocation.startedAtMillis());
        ResultItem item;
        try {
            item = results.succeeded(invocation, reply, attempt, nowMillis);
        } catch (RuntimeException e) {
            LOG.error("The answer to {} cannot be priced", invocation.facts().requestId(), e);
            item = results.failed(invocation, Names.MODEL_ERROR, attempt, nowMillis);
        }
        endCall(invocation, item);
    }

    private void refused(Invocation invocation, int attempt, ModelException refusal) {
        long delayMillis = backoff.delayMillis(attempt);
        boolean again =
                refusal.failure().repeatable()
                        && attempt < maxAttempts
                        && !closed
                        && !invocation.isConcluded()
                        && clock.millis() + delayMillis < invocation.facts().deadlineAtMillis();
        if (again) {
            metrics.repeated();
            clock.after(delayMillis, () -> attempt(invocation, attempt + 1));
            return;
        }
        LOG.debug("Attempt {}: {}", attempt, refusal.getMessage());
        metrics.failed();
        endCall(
                invocation,
                results.failed(invocation, refusal.failure().reason(), attempt, clock.millis()));
    }

    /**
     * A call keeps its place until its result is stored, so that models are not called faster than
     * answers can be kept.
     */
    private void endCall(Invocation invocation, ResultItem item) {
        if (invocation.conclude()) {
            writer.write(invocation, item, () -> release(invocation));
        } else {
            release(invocation);
        }
    }

    private void release(Invocation invocation) {
        scheduler.ended(invocation.facts().tenantId());
        pump();
    }

    private void armDeadline() {
        long nextMillis = scheduler.nextDeadlineMillis();
        synchronized (alarmLock) {
            if (nextMillis >= alarmAtMillis || closed) {
                return;
            }
            alarmAtMillis = nextMillis;
        }
        clock.after(Math.max(1, nextMillis - clock.millis()), this::onAlarm);
    }

    private void onAlarm() {
        synchronized (alarmLock) {
            alarmAtMillis = Long.MAX_VALUE;
        }
        if (!closed) {
            scheduler.expired(clock.millis()).forEach(this::passDeadline);
            armDeadline();
        }
    }

    private void passDeadline(Invocation invocation) {
        metrics.deadlinePassed();
        fail(invocation, Names.DEADLINE, 0);
    }

    /** Ends a request that has no call under way, or whose call is not waited for any more. */
    private void fail(Invocation invocation, String reason, int attempt) {
        if (invocation.conclude()) {
            writer.write(
                    invocation,
                    results.failed(invocation, reason, attempt, clock.millis()),
                    () -> {});
        }
    }
}
