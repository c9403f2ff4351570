package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Event;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns steps into a log: plays them against an engine to learn what is open and what is left. */
final class Script {
    private static final long REMEMBERED_MILLIS = 3_000_000;

    private final String tenantId;
    private final History history = new History();
    private final Boundaries boundaries = new Boundaries(history);
    private final Requests made;
    private final List<LogRecord> log = new ArrayList<>();
    private final List<RequestFacts> requests = new ArrayList<>();
    private final Map<String, Long> arrivedAt = new HashMap<>();
    private final List<OutcomeFacts> outcomes = new ArrayList<>();
    private long nowMillis = Facts.NOON;
    private boolean moved;
    private int onBoundary;

    Script(String tenantId, List<EffectivePolicy> policies) {
        this.tenantId = tenantId;
        this.made = new Requests(tenantId, policies, history.state);
    }

    List<LogRecord> log() {
        return log;
    }

    /** What the engine did. */
    History history() {
        return history;
    }

    /** Events within 1 ms of a boundary that they were moved to. */
    int onBoundary() {
        return onBoundary;
    }

    /** Ends all open calls, and those that take the place of failed ones. */
    void endAll(Ending ending) {
        List<RequestFacts> open = List.copyOf(history.effects.open.values());
        while (!open.isEmpty()) {
            for (RequestFacts facts : open) {
                end(facts, ending);
                if (history.effects.open.remove(facts.requestId()) != null) {
                    history.effects.endings.put(facts.requestId(), "forgotten");
                }
            }
            open = List.copyOf(history.effects.open.values());
        }
    }

    void add(Step step) {
        move(step.move());
        if (step instanceof Step.Request request) {
            RequestFacts facts = made.facts(request, requests.size(), nowMillis);
            requests.add(facts);
            arrivedAt.put(facts.requestId(), nowMillis - request.clock().lateMillis());
            append(Facts.event(facts), nowMillis - request.clock().lateMillis());
        } else if (step instanceof Step.Repeat repeat) {
            RequestFacts facts = back(requests, repeat.back());
            // Older ids are known for an hour only; that edge has an example of its own.
            if (facts != null && nowMillis - REMEMBERED_MILLIS < arrivedAt.get(facts.requestId())) {
                append(Facts.event(facts), nowMillis);
            }
        } else if (step instanceof Step.Outcome outcome) {
            RequestFacts facts = back(List.copyOf(history.effects.open.values()), outcome.back());
            if (facts != null) {
                end(facts, outcome.ending());
            }
        } else if (step instanceof Step.RepeatedOutcome repeated) {
            OutcomeFacts facts = back(outcomes, repeated.back());
            if (facts != null) {
                append(Facts.event(facts), nowMillis);
            }
        } else if (step instanceof Step.Command command) {
            append(command(command), nowMillis);
        }
    }

    private void end(RequestFacts facts, Ending ending) {
        Hold hold = history.state.core().holds().get(facts.requestId(), history.state);
        boolean known = hold != null && !hold.expired();
        long tokens = known ? hold.tokens() : 90;
        String model = hold == null ? facts.model() : hold.labels().model();
        OutcomeFacts ended = ending.of(facts, model, tokens, known ? hold.picoUsd() : 90);
        outcomes.add(ended);
        append(Facts.event(ended), nowMillis);
    }

    private CommandEvent command(Step.Command step) {
        String subject = null;
        if (step.name().equals(Names.CANCEL_REQUEST)) {
            List<RequestFacts> some = new ArrayList<>(history.effects.open.values());
            some.addAll(history.effects.parked.values());
            RequestFacts facts = back(some, step.back());
            subject = facts == null ? "nobody" : facts.requestId();
        } else if (step.name().equals(Names.DELETE_SESSION)) {
            subject = Requests.sessionKey(step.back());
        }
        return CommandEvent.builder()
                .tenantId(tenantId)
                .commandId("cmd-" + log.size())
                .name(step.name())
                .subject(subject)
                .build();
    }

    private void append(Event event, long arrivedAtMillis) {
        LogRecord record = new LogRecord(event, arrivedAtMillis, String.valueOf(log.size()));
        log.add(record);
        history.apply(record);
        onBoundary += moved ? 1 : 0;
        moved = false;
    }

    private void move(Step.Move move) {
        Long boundary = boundaries.of(move, nowMillis);
        moved = boundary != null;
        if (boundary != null) {
            nowMillis = boundary;
        } else if (move instanceof Step.Move.Wait wait) {
            nowMillis += wait.millis();
        }
    }

    private static <T> @Nullable T back(List<T> all, int back) {
        return all.isEmpty() ? null : all.get(all.size() - 1 - back % all.size());
    }
}
