package io.sluice.pipeline.enforce;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Event;
import io.sluice.contract.Granularity;
import io.sluice.contract.Labels;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns steps into a log: plays them against an engine to learn which calls are open. */
final class Script {
    private static final long MINUTE = 60_000;

    private final String tenantId;
    private final List<EffectivePolicy> policies;
    private final History history = new History();
    private final List<LogRecord> log = new ArrayList<>();
    private final List<RequestFacts> requests = new ArrayList<>();
    private final Map<String, Long> arrivedAt = new HashMap<>();
    private final List<OutcomeFacts> outcomes = new ArrayList<>();
    private final List<Long> answeredAt = new ArrayList<>();
    private long nowMillis = Facts.NOON;
    private int onBoundary;

    Script(String tenantId, List<EffectivePolicy> policies) {
        this.tenantId = tenantId;
        this.policies = policies;
    }

    List<LogRecord> log() {
        return log;
    }

    /** What the engine did. */
    History history() {
        return history;
    }

    /** Events within 1 ms of a boundary that they could move to. */
    int onBoundary() {
        return onBoundary;
    }

    /** Arrival time of the newest event. */
    long nowMillis() {
        return nowMillis;
    }

    /** Ends all open calls, and those that take the place of failed ones. */
    void endAll(int ending) {
        while (!history.effects.open.isEmpty()) {
            add(new Step.Outcome(new Step.Move.Wait(1), 0, ending));
        }
    }

    void add(Step step) {
        move(step.move());
        if (step instanceof Step.Request request) {
            RequestFacts facts = facts(request);
            requests.add(facts);
            arrivedAt.put(facts.requestId(), nowMillis - request.lateMillis());
            append(Facts.event(facts), nowMillis - request.lateMillis());
        } else if (step instanceof Step.Repeat repeat) {
            RequestFacts facts = back(requests, repeat.back());
            // Older ids are known for an hour only; that edge has an example of its own.
            if (facts != null && nowMillis - MINUTE * 50 < arrivedAt.get(facts.requestId())) {
                append(Facts.event(facts), nowMillis);
            }
        } else if (step instanceof Step.Outcome outcome) {
            RequestFacts facts = back(List.copyOf(history.effects.open.values()), outcome.back());
            if (facts != null) {
                OutcomeFacts ended = ending(facts, outcome.ending());
                outcomes.add(ended);
                answeredAt.add(nowMillis);
                append(Facts.event(ended), nowMillis);
            }
        } else if (step instanceof Step.RepeatedOutcome repeated) {
            OutcomeFacts facts = back(outcomes, repeated.back());
            if (facts != null) {
                append(Facts.event(facts), nowMillis);
            }
        } else {
            append(Facts.command(tenantId, "cmd-" + log.size()), nowMillis);
        }
    }

    private void append(Event event, long arrivedAtMillis) {
        LogRecord record = new LogRecord(event, arrivedAtMillis, String.valueOf(log.size()));
        log.add(record);
        history.apply(record);
    }

    private void move(Step.Move move) {
        if (move instanceof Step.Move.Wait wait) {
            nowMillis += wait.millis();
        } else if (move instanceof Step.Move.WindowEdge edge) {
            moveTo(edge.back(), requestsLeaveAt(), edge.offset());
        } else if (move instanceof Step.Move.Midnight edge) {
            long day = Granularity.DAY.lengthMillis();
            moveTo(0, List.of(Granularity.DAY.windowStart(nowMillis + 1) + day), edge.offset());
        } else if (move instanceof Step.Move.TtlEdge edge) {
            moveTo(edge.back(), answersExpireAt(), edge.offset());
        }
    }

    /** Moves beside one of the boundaries that are still to come, if there is one. */
    private void moveTo(int back, List<Long> boundaries, int offset) {
        Long target =
                back(boundaries.stream().filter(at -> at + offset >= nowMillis).toList(), back);
        if (target != null) {
            nowMillis = target + offset;
            onBoundary++;
        }
    }

    private List<Long> requestsLeaveAt() {
        return history.effects.decided.stream()
                .map(decided -> decided.decision().decidedAtMillis() + MINUTE)
                .toList();
    }

    private List<Long> answersExpireAt() {
        EffectivePolicy policy = history.state.core().policy();
        long ttlMillis = policy == null ? 0 : policy.cache().llmTtlMillis();
        return answeredAt.stream().map(at -> at + ttlMillis).toList();
    }

    private RequestFacts facts(Step.Request step) {
        int number = requests.size();
        Labels.Builder labels = Labels.builder().endpoint("endpoint-" + step.label() % 3);
        return Facts.request(
                        "r" + number,
                        step.wild() ? step.skewMillis() : nowMillis + step.skewMillis())
                .tenantId(tenantId)
                .policy(policies.get(step.policy() % policies.size()))
                .promptHash("hash-" + step.prompt())
                .cacheMode(step.mode())
                .labels(labels.agentId(step.label() % 2 == 0 ? null : "agent").build())
                .build();
    }

    private OutcomeFacts ending(RequestFacts facts, int ending) {
        OutcomeFacts.Builder outcome =
                ending < 7 ? Facts.succeeded(facts.requestId()) : Facts.failed(facts.requestId());
        long tokens = outcomes.size() + 1L;
        return outcome.tenantId(tenantId)
                .complete(ending < 6)
                .status(
                        ending < 7
                                ? OutcomeStatus.SUCCEEDED
                                : ending < 9 ? OutcomeStatus.FAILED : OutcomeStatus.CANCELLED)
                .usage(ending < 8 ? Usage.of(tokens, 3 * tokens) : Usage.NONE)
                .costPicoUsd(ending < 8 ? 35_000 * tokens : 0)
                .build();
    }

    private static <T> @Nullable T back(List<T> all, int back) {
        return all.isEmpty() ? null : all.get(all.size() - 1 - back % all.size());
    }
}
