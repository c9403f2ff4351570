package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.session.ConversationCopy;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.sinks.cloudwatch.MetricSample;
import java.util.List;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the engine's wishes about one event: adds the text that the engine does not see, and
 * emits.
 */
final class Emission implements Effects {
    private final LogRecord record;
    private final Texts texts;
    private final KeyedProcessFunction<String, LogRecord, CallOrder>.Context context;
    private final Collector<CallOrder> out;
    private @Nullable Decision decided;

    Emission(
            LogRecord record,
            Texts texts,
            KeyedProcessFunction<String, LogRecord, CallOrder>.Context context,
            Collector<CallOrder> out) {
        this.record = record;
        this.texts = texts;
        this.context = context;
        this.out = out;
    }

    @Override
    public void reject(RequestFacts facts, Decision decision) {
        decided = decision;
        context.output(SideOutputs.DECIDED_RESULTS, Results.rejected(facts, decision));
    }

    @Override
    public void serve(RequestFacts facts, Decision decision, String cacheKey) {
        decided = decision;
        String answer = texts.answer(cacheKey);
        context.output(
                SideOutputs.DECIDED_RESULTS,
                Results.answered(facts, decision, answer, decision.decidedAtMillis()));
    }

    @Override
    public void invoke(RequestFacts facts, Decision decision) {
        decided = decision;
        out.collect(CallOrder.start(admitted(decision)));
    }

    @Override
    public void invokeOrServe(RequestFacts facts, Decision decision, String cacheKey) {
        decided = decision;
        RequestEvent request = (RequestEvent) record.event();
        String stale = texts.answer(cacheKey);
        out.collect(CallOrder.start(new AdmittedRequest(request, decision, List.of(), stale)));
    }

    @Override
    public void invokeTurn(RequestFacts facts, Decision decision, String conversation, int turns) {
        decided = decision;
        RequestEvent request = (RequestEvent) record.event();
        List<String> earlier = texts.newestTurns(conversation, turns);
        texts.park(facts.requestId(), new AdmittedRequest(request, decision));
        out.collect(CallOrder.start(new AdmittedRequest(request, decision, earlier)));
    }

    @Override
    public void withdraw(String requestId) {
        out.collect(CallOrder.withdrawal(record.tenantId(), requestId));
    }

    @Override
    public void park(RequestFacts facts, Decision decision) {
        decided = decision;
        texts.park(facts.requestId(), admitted(decision));
    }

    @Override
    public void answerParked(String requestId) {
        AdmittedRequest request = texts.unpark(requestId);
        context.output(
                SideOutputs.DECIDED_RESULTS,
                Results.answered(
                                request.request().facts(),
                                request.decision(),
                                outcome().payload(),
                                record.arrivedAtMillis())
                        .toBuilder()
                        .stale(outcome().facts().stale())
                        .build());
    }

    @Override
    public void failParked(String requestId, @Nullable String reason) {
        AdmittedRequest request = texts.unpark(requestId);
        context.output(
                SideOutputs.DECIDED_RESULTS,
                Results.failed(
                        request.request().facts(),
                        request.decision(),
                        reason,
                        record.arrivedAtMillis()));
    }

    @Override
    public void cancelParked(String requestId) {
        AdmittedRequest request = texts.unpark(requestId);
        context.output(
                SideOutputs.DECIDED_RESULTS,
                Results.cancelled(
                        request.request().facts(), request.decision(), record.arrivedAtMillis()));
    }

    @Override
    public void invokeParked(String requestId, String model) {
        AdmittedRequest request = texts.unpark(requestId);
        Decision promoted = request.decision().toBuilder().outcome(Verdict.INVOKED).build();
        out.collect(CallOrder.start(new AdmittedRequest(request.request(), promoted)));
    }

    @Override
    public void keepAnswer(String cacheKey) {
        @Nullable String answer = outcome().payload();
        if (answer != null) {
            texts.keepAnswer(cacheKey, answer);
        }
    }

    @Override
    public void dropAnswer(String cacheKey) {
        texts.dropAnswer(cacheKey);
    }

    @Override
    public void keepTurn(String conversation, String requestId) {
        texts.keepTurn(conversation, requestId, outcome().payload());
    }

    @Override
    public void dropTurn(String requestId) {
        texts.dropParked(requestId);
    }

    @Override
    public void dropConversation(String conversation) {
        texts.dropConversation(conversation);
    }

    @Override
    public void dropEverything() {
        texts.clear();
        answerCommand(Names.TENANT_ERASED);
    }

    @Override
    public void refuseToDrop() {
        answerCommand(Names.ERASE_REFUSED);
    }

    /** Onto the tenant's own log, where whoever gave the command reads on. */
    private void answerCommand(String name) {
        String commandId = record.event().eventId();
        context.output(
                SideOutputs.COMMANDS,
                CommandEvent.builder()
                        .tenantId(record.tenantId())
                        .commandId(name + '-' + commandId)
                        .name(name)
                        .subject(commandId)
                        .build());
    }

    @Override
    public void usage(UsageChange change) {
        context.output(SideOutputs.USAGE_CHANGES, change);
    }

    @Override
    public void requestCounted(String endpoint, long atMillis) {
        context.output(
                SideOutputs.METRICS, MetricSample.request(record.tenantId(), endpoint, atMillis));
    }

    @Override
    public void costBooked(String model, long costPicoUsd, long atMillis) {
        context.output(
                SideOutputs.METRICS,
                MetricSample.cost(record.tenantId(), model, atMillis, costPicoUsd));
    }

    /**
     * Emits a copy of each conversation that the event changed, as the event left it: one copy per
     * conversation and event, because copies of one event have the same version.
     */
    void copyConversations(TenantState state) {
        for (String key : texts.takeChanged()) {
            TenantCore core = state.core();
            context.output(
                    SideOutputs.SESSIONS,
                    ConversationCopy.of(
                            record.tenantId(),
                            key,
                            state.conversation(key),
                            texts.keptTurns(key),
                            core.arrivalMillis(),
                            core.seq(),
                            core.isolation()));
        }
    }

    /** Tells those who watch what was decided about the request at hand. */
    void observeRequest(RequestFacts facts, TenantState state) {
        if (decided != null) {
            context.output(SideOutputs.OBSERVATIONS, Observations.of(state.core(), facts, decided));
        }
    }

    /** Tells those who watch how the outcome at hand ended its hold. */
    void observeOutcome(OutcomeFacts facts, TenantState state) {
        context.output(SideOutputs.OBSERVATIONS, Observations.of(state.core(), facts));
    }

    private OutcomeEvent outcome() {
        return (OutcomeEvent) record.event();
    }

    private AdmittedRequest admitted(Decision decision) {
        return new AdmittedRequest((RequestEvent) record.event(), decision);
    }
}
