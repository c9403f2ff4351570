package io.sluice.pipeline.replay;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.contract.audit.AuditInput;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.AuditDecisionJson;
import io.sluice.contract.json.AuditInputJson;
import io.sluice.pipeline.enforce.Engine;
import io.sluice.pipeline.enforce.MemoryTenantState;
import io.sluice.pipeline.enforce.NoEffects;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's history, told again under other terms from a moment on. Requests and commands come
 * when they came. A call that also happened ends when it ended and uses what it used; one that
 * never happened ends and uses as calls of the tenant do; one that happened but would not have is
 * left out. Under the terms that were in force nothing changes. Not thread-safe.
 */
public final class WhatIfTenant {
    private final OtherTerms terms;
    private final CallSample sample;
    private final long fromMillis;
    private final long toMillis;
    private final Engine engine = new Engine();
    private final MemoryTenantState state = new MemoryTenantState();
    private final Calls calls = new Calls();
    private final Map<String, OpenCall> open = new HashMap<>();
    private final Map<String, RequestFacts> parked = new HashMap<>();
    private final PriorityQueue<OutcomeFacts> made =
            new PriorityQueue<>(
                    java.util.Comparator.comparingLong(OutcomeFacts::finishedAtMillis)
                            .thenComparing(OutcomeFacts::requestId));
    private final Tally happened = new Tally();
    private final Tally would = new Tally();
    private @Nullable EffectivePolicy recorded;

    /**
     * A tenant without history.
     *
     * @param sample calls to estimate by; may be empty
     * @param fromMillis arrival from which on the terms are in force and requests are counted
     * @param toMillis arrival before which they are counted
     */
    public WhatIfTenant(OtherTerms terms, CallSample sample, long fromMillis, long toMillis) {
        this.terms = terms;
        this.sample = sample;
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
    }

    /** A call that has not ended under the other terms. */
    private static final class OpenCall {
        private final RequestFacts facts;
        private final String model;
        private final @Nullable String recordedModel;

        private OpenCall(RequestFacts facts, String model, @Nullable String recordedModel) {
            this.facts = facts;
            this.model = model;
            this.recordedModel = recordedModel;
        }
    }

    /** What the engine decides, and which calls it wants. */
    private final class Calls extends NoEffects {
        private @Nullable Decision decision;
        private final Map<String, String> wanted = new HashMap<>();

        private void begin() {
            decision = null;
            wanted.clear();
        }

        private void want(RequestFacts facts, Decision made) {
            decision = made;
            String cheaper = made.downgradedTo();
            wanted.put(facts.requestId(), cheaper == null ? facts.model() : cheaper);
        }

        @Override
        public void reject(RequestFacts facts, Decision made) {
            decision = made;
        }

        @Override
        public void serve(RequestFacts facts, Decision made, String cacheKey) {
            decision = made;
        }

        @Override
        public void invoke(RequestFacts facts, Decision made) {
            want(facts, made);
        }

        @Override
        public void invokeTurn(RequestFacts facts, Decision made, String key, int turns) {
            want(facts, made);
        }

        @Override
        public void park(RequestFacts facts, Decision made) {
            decision = made;
            parked.put(facts.requestId(), facts);
        }

        @Override
        public void invokeParked(String requestId, String model) {
            wanted.put(requestId, model);
        }

        @Override
        public void answerParked(String requestId) {
            parked.remove(requestId);
        }

        @Override
        public void failParked(String requestId, @Nullable String reason) {
            parked.remove(requestId);
        }

        @Override
        public void cancelParked(String requestId) {
            parked.remove(requestId);
        }
    }

    /** Takes the next record of the tenant. */
    public void add(AuditRecord record) {
        AuditInput input = AuditInputJson.read(record, recorded);
        long at = record.arrivedAtMillis();
        endUntil(at);
        calls.begin();
        RequestFacts request = input.request();
        OutcomeFacts outcome = input.outcome();
        if (request != null) {
            request(record, request, at);
        } else if (outcome != null) {
            outcome(record, outcome, at);
        } else {
            CommandEvent command = Objects.requireNonNull(input.command());
            engine.onCommand(state, command, at, calls);
            promoted(AuditDecisionJson.promoted(record), at);
        }
    }

    private void request(AuditRecord record, RequestFacts request, long at) {
        recorded = CallSampling.newer(recorded, request.policy());
        Decision before = AuditDecisionJson.read(record);
        RequestFacts facts = at >= fromMillis ? terms.of(request) : request;
        engine.onRequest(state, facts, at, calls);
        Decision after = calls.decision;
        if (counts(at)) {
            happened.decided(before, at);
            if (after != null) {
                would.decided(after, at);
            }
        }
        String model = calls.wanted.remove(facts.requestId());
        if (model != null) {
            boolean called = before.outcome() == Verdict.INVOKED;
            String cheaper = before.downgradedTo();
            String recordedModel = cheaper == null ? facts.model() : cheaper;
            open(facts, model, called ? recordedModel : null, at);
        }
        promoted(AuditDecisionJson.promoted(record), at);
    }

    private void open(RequestFacts facts, String model, @Nullable String recordedModel, long at) {
        open.put(facts.requestId(), new OpenCall(facts, model, recordedModel));
        if (recordedModel == null) {
            made.add(estimated(facts, model, at));
        }
    }

    /** Calls in place of failed ones: those that were also made in the history end as there. */
    private void promoted(Set<String> alsoThere, long at) {
        calls.wanted.forEach(
                (id, model) -> {
                    RequestFacts facts = parked.remove(id);
                    if (facts != null) {
                        open(facts, model, alsoThere.contains(id) ? model : null, at);
                    }
                });
        calls.wanted.clear();
    }

    private void outcome(AuditRecord record, OutcomeFacts outcome, long at) {
        if (counts(at)) {
            happened.ended(outcome.usage(), outcome.costPicoUsd(), false, at);
        }
        OpenCall call = open.remove(outcome.requestId());
        if (call == null) {
            return; // it would not have been made
        }
        boolean other = call.recordedModel != null && !call.model.equals(call.recordedModel);
        OutcomeFacts now = other ? by(call, outcome) : billed(call, outcome, at);
        end(now, other, at);
        promoted(AuditDecisionJson.promoted(record), at);
    }

    private OutcomeFacts billed(OpenCall call, OutcomeFacts outcome, long at) {
        if (!terms.bills() || at < fromMillis) {
            return outcome;
        }
        long cost = terms.costPicoUsd(call.facts, outcome.model(), outcome.usage());
        return outcome.toBuilder().costPicoUsd(cost).build();
    }

    /** The same call by another model: it is taken to use as many tokens. */
    private OutcomeFacts by(OpenCall call, OutcomeFacts outcome) {
        long cost = terms.costPicoUsd(call.facts, call.model, outcome.usage());
        return outcome.toBuilder().model(call.model).costPicoUsd(cost).build();
    }

    private OutcomeFacts estimated(RequestFacts facts, String model, long at) {
        String id = facts.requestId();
        long output =
                sample.isEmpty()
                        ? facts.maxTokens()
                        : Math.min(facts.maxTokens(), sample.outputTokens(id));
        Usage usage =
                Usage.builder()
                        .inputTokens(sample.inputTokens(facts.estimatedInputTokens()))
                        .outputTokens(output)
                        .estimated(true)
                        .build();
        long latency = sample.isEmpty() ? 0 : sample.latencyMillis(id);
        return OutcomeFacts.builder()
                .tenantId(facts.tenantId())
                .requestId(id)
                .attempt(1)
                .finishedAtMillis(at + latency)
                .status(OutcomeStatus.SUCCEEDED)
                .model(model)
                .stopReason("end_turn")
                .complete(true)
                .usage(usage)
                .costPicoUsd(terms.costPicoUsd(facts, model, usage))
                .priceVersion(facts.policy().priceVersion())
                .latencyMillis(latency)
                .build();
    }

    private void end(OutcomeFacts outcome, boolean estimated, long at) {
        if (engine.onOutcome(state, outcome, at, calls) && counts(at)) {
            would.ended(outcome.usage(), outcome.costPicoUsd(), estimated, at);
        }
    }

    private void endUntil(long nowMillis) {
        for (OutcomeFacts next = made.peek();
                next != null && next.finishedAtMillis() <= nowMillis;
                next = made.peek()) {
            made.remove();
            calls.begin();
            if (open.remove(next.requestId()) != null) {
                end(next, true, next.finishedAtMillis());
                promoted(Set.of(), next.finishedAtMillis());
            }
        }
    }

    /** Ends the calls that never happened; nothing more is to come. */
    public void finish() {
        endUntil(Long.MAX_VALUE);
    }

    private boolean counts(long atMillis) {
        return atMillis >= fromMillis && atMillis < toMillis;
    }

    /** What became of the requests. */
    public Tally happened() {
        return happened;
    }

    /** What would have become of them. */
    public Tally would() {
        return would;
    }
}
