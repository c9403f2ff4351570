package io.sluice.pipeline.enforce;

import static java.util.Objects.requireNonNull;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.TurnPayload;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.alert.TenantWatch;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.sinks.cloudwatch.MetricSample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The engine reading one tenant's log with maps around it instead of Flink: what has to leave the
 * operator, exit by exit, in order.
 */
public final class EngineAlone implements Effects {
    private final Map<Exit, List<String>> outputs = new EnumMap<>(Exit.class);
    private final Map<String, AdmittedRequest> parked = new HashMap<>();
    private final Map<String, @Nullable String> answers = new HashMap<>();
    private final Map<String, List<String>> conversations = new HashMap<>();
    private final TenantWatch watch = new TenantWatch();
    private LogRecord record;
    private @Nullable Decision decided;

    private EngineAlone(LogRecord first) {
        record = first;
        for (Exit exit : Exit.values()) {
            outputs.put(exit, new ArrayList<>());
        }
    }

    /** What leaves by each exit for a whole log of one tenant. */
    public static Map<Exit, List<String>> outputs(List<LogRecord> log) {
        Engine engine = new Engine();
        TenantState state = new MemoryTenantState();
        EngineAlone effects = new EngineAlone(log.get(0));
        for (LogRecord record : log) {
            effects.record = record;
            effects.decided = null;
            long arrivedAtMillis = record.arrivedAtMillis();
            if (record.event() instanceof RequestEvent request) {
                if (engine.onRequest(state, request.facts(), arrivedAtMillis, effects)) {
                    Decision decision = requireNonNull(effects.decided);
                    effects.watch(Observations.of(state.core(), request.facts(), decision));
                }
            } else if (record.event() instanceof OutcomeEvent outcome) {
                if (engine.onOutcome(state, outcome.facts(), arrivedAtMillis, effects)) {
                    effects.watch(Observations.of(state.core(), outcome.facts()));
                }
            } else {
                engine.onCommand(state, (CommandEvent) record.event(), arrivedAtMillis, effects);
            }
        }
        return effects.outputs;
    }

    @Override
    public void reject(RequestFacts facts, Decision decision) {
        decided = decision;
        result(Results.rejected(facts, decision));
    }

    @Override
    public void serve(RequestFacts facts, Decision decision, String cacheKey) {
        decided = decision;
        result(
                Results.answered(
                        facts, decision, answers.get(cacheKey), decision.decidedAtMillis()));
    }

    @Override
    public void invoke(RequestFacts facts, Decision decision) {
        decided = decision;
        call(new AdmittedRequest((RequestEvent) record.event(), decision));
    }

    @Override
    public void invokeTurn(RequestFacts facts, Decision decision, String conversation, int turns) {
        List<String> all = conversations.computeIfAbsent(conversation, key -> new ArrayList<>());
        all.subList(0, all.size() - turns).clear();
        park(facts, decision);
        call(new AdmittedRequest((RequestEvent) record.event(), decision, all));
    }

    @Override
    public void park(RequestFacts facts, Decision decision) {
        decided = decision;
        parked.put(facts.requestId(), new AdmittedRequest((RequestEvent) record.event(), decision));
    }

    @Override
    public void answerParked(String requestId) {
        AdmittedRequest request = unpark(requestId);
        result(
                Results.answered(
                        request.request().facts(),
                        request.decision(),
                        answer(),
                        record.arrivedAtMillis()));
    }

    @Override
    public void failParked(String requestId, @Nullable String reason) {
        AdmittedRequest request = unpark(requestId);
        result(
                Results.failed(
                        request.request().facts(),
                        request.decision(),
                        reason,
                        record.arrivedAtMillis()));
    }

    @Override
    public void cancelParked(String requestId) {
        AdmittedRequest request = unpark(requestId);
        result(
                Results.cancelled(
                        request.request().facts(), request.decision(), record.arrivedAtMillis()));
    }

    @Override
    public void invokeParked(String requestId, String model) {
        AdmittedRequest request = unpark(requestId);
        Decision promoted = request.decision().toBuilder().outcome(Verdict.INVOKED).build();
        call(new AdmittedRequest(request.request(), promoted));
    }

    @Override
    public void withdraw(String requestId) {
        add(Exit.CALLS, Exit.spelled(CallOrder.withdrawal(record.tenantId(), requestId)));
    }

    @Override
    public void keepAnswer(String cacheKey) {
        answers.put(cacheKey, answer());
    }

    @Override
    public void dropAnswer(String cacheKey) {
        answers.remove(cacheKey);
    }

    @Override
    public void keepTurn(String conversation, String requestId) {
        String asked = unpark(requestId).request().payload();
        requireNonNull(conversations.get(conversation)).add(TurnPayload.of(asked, answer()));
    }

    @Override
    public void dropTurn(String requestId) {
        parked.remove(requestId);
    }

    @Override
    public void dropConversation(String conversation) {
        conversations.remove(conversation);
    }

    @Override
    public void dropEverything() {
        parked.clear();
        answers.clear();
        conversations.clear();
    }

    @Override
    public void refuseToDrop() {
        // Becomes a command of the job's own.
    }

    @Override
    public void usage(UsageChange change) {
        // Becomes rows further on: see EffectsLog.
    }

    @Override
    public void requestCounted(String endpoint, long atMillis) {
        metric(MetricSample.request(record.tenantId(), endpoint, atMillis));
    }

    @Override
    public void costBooked(String model, long costPicoUsd, long atMillis) {
        metric(MetricSample.cost(record.tenantId(), model, atMillis, costPicoUsd));
    }

    private void watch(Observation seen) {
        watch.observe(seen, AlertRules.SHIPPED, alert -> add(Exit.ALERTS, Exit.spelled(alert)));
    }

    private @Nullable String answer() {
        return ((OutcomeEvent) record.event()).payload();
    }

    private AdmittedRequest unpark(String requestId) {
        return requireNonNull(parked.remove(requestId), requestId);
    }

    private void call(AdmittedRequest admitted) {
        add(Exit.CALLS, Exit.spelled(CallOrder.start(admitted)));
    }

    private void result(ResultItem item) {
        add(Exit.RESULTS, Exit.spelled(item));
    }

    private void metric(MetricSample sample) {
        add(Exit.METRICS, sample.toString());
    }

    private void add(Exit exit, String line) {
        requireNonNull(outputs.get(exit)).add(line);
    }
}
