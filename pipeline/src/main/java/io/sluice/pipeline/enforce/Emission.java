package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.Verdict;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the engine's wishes about one event: adds the text that the engine does not see, and
 * emits.
 */
final class Emission implements Effects {
    private final LogRecord record;
    private final MapState<String, AdmittedRequest> parked;
    private final MapState<String, String> answers;
    private final KeyedProcessFunction<String, LogRecord, CallOrder>.Context context;
    private final Collector<CallOrder> out;

    Emission(
            LogRecord record,
            MapState<String, AdmittedRequest> parked,
            MapState<String, String> answers,
            KeyedProcessFunction<String, LogRecord, CallOrder>.Context context,
            Collector<CallOrder> out) {
        this.record = record;
        this.parked = parked;
        this.answers = answers;
        this.context = context;
        this.out = out;
    }

    @Override
    public void reject(RequestFacts facts, Decision decision) {
        context.output(SideOutputs.DECIDED_RESULTS, Results.rejected(facts, decision));
    }

    @Override
    public void serve(RequestFacts facts, Decision decision, String cacheKey) {
        String answer = StateAccess.call(() -> answers.get(cacheKey));
        context.output(
                SideOutputs.DECIDED_RESULTS,
                Results.answered(facts, decision, answer, decision.decidedAtMillis()));
    }

    @Override
    public void invoke(RequestFacts facts, Decision decision) {
        out.collect(CallOrder.start(new AdmittedRequest((RequestEvent) record.event(), decision)));
    }

    @Override
    public void park(RequestFacts facts, Decision decision) {
        AdmittedRequest request = new AdmittedRequest((RequestEvent) record.event(), decision);
        StateAccess.run(() -> parked.put(facts.requestId(), request));
    }

    @Override
    public void answerParked(String requestId) {
        AdmittedRequest request = unpark(requestId);
        context.output(
                SideOutputs.DECIDED_RESULTS,
                Results.answered(
                        request.request().facts(),
                        request.decision(),
                        outcome().payload(),
                        record.arrivedAtMillis()));
    }

    @Override
    public void failParked(String requestId) {
        AdmittedRequest request = unpark(requestId);
        context.output(
                SideOutputs.DECIDED_RESULTS,
                Results.failed(
                        request.request().facts(),
                        request.decision(),
                        outcome().facts().reason(),
                        record.arrivedAtMillis()));
    }

    @Override
    public void invokeParked(String requestId) {
        AdmittedRequest request = unpark(requestId);
        Decision promoted = request.decision().toBuilder().outcome(Verdict.INVOKED).build();
        out.collect(CallOrder.start(new AdmittedRequest(request.request(), promoted)));
    }

    @Override
    public void keepAnswer(String cacheKey) {
        @Nullable String answer = outcome().payload();
        if (answer != null) {
            StateAccess.run(() -> answers.put(cacheKey, answer));
        }
    }

    @Override
    public void dropAnswer(String cacheKey) {
        StateAccess.run(() -> answers.remove(cacheKey));
    }

    @Override
    public void usage(UsageItem item) {
        context.output(SideOutputs.USAGE, item);
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

    private OutcomeEvent outcome() {
        return (OutcomeEvent) record.event();
    }

    private AdmittedRequest unpark(String requestId) {
        AdmittedRequest request = StateAccess.call(() -> parked.get(requestId));
        if (request == null) {
            throw new IllegalStateException("parked request " + requestId + " is not there");
        }
        StateAccess.run(() -> parked.remove(requestId));
        return request;
    }
}
