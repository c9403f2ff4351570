package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestEvent;
import io.sluice.pipeline.codec.Types;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Feeds a tenant's events, in the order of its log, to the {@link Engine} and carries out what it
 * wants done.
 *
 * <p><b>Key and time</b>: key = tenant. Decision time comes from the records; no watermark, no
 * timer, no clock.
 *
 * <p><b>State</b>: the engine's, see {@link KeyedTenantState}. Besides that, text that the engine
 * does not see: {@code parked-requests} (request id → request and decision; cleared when its
 * leader's call ends) and {@code answer-texts} (cache key → answer; cleared when the engine drops
 * the answer).
 *
 * <p><b>Emits</b>: requests to call the model for; side outputs for decided results, usage rows and
 * metric samples.
 *
 * <p><b>On replay</b>: the same events give the same output. Results and usage rows repeat without
 * effect; metric samples add up again.
 */
public final class EnforceFunction extends KeyedProcessFunction<String, LogRecord, CallOrder> {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init")
    private transient Engine engine;

    @SuppressWarnings("NullAway.Init")
    private transient TenantState state;

    @SuppressWarnings("NullAway.Init")
    private transient MapState<String, AdmittedRequest> parked;

    @SuppressWarnings("NullAway.Init")
    private transient MapState<String, String> answers;

    @SuppressWarnings("NullAway.Init")
    private transient Counter duplicateRequests;

    @SuppressWarnings("NullAway.Init")
    private transient Counter unmatchedOutcomes;

    @Override
    public void open(OpenContext context) {
        engine = new Engine();
        state = new KeyedTenantState(getRuntimeContext());
        parked =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "parked-requests",
                                        TypeInformation.of(String.class),
                                        Types.ADMITTED_REQUEST));
        answers =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "answer-texts",
                                        TypeInformation.of(String.class),
                                        TypeInformation.of(String.class)));
        duplicateRequests = getRuntimeContext().getMetricGroup().counter("duplicateRequests");
        unmatchedOutcomes = getRuntimeContext().getMetricGroup().counter("unmatchedOutcomes");
    }

    @Override
    public void processElement(LogRecord record, Context context, Collector<CallOrder> out) {
        Emission emission = new Emission(record, parked, answers, context, out);
        long arrivedAtMillis = record.arrivedAtMillis();
        if (record.event() instanceof RequestEvent) {
            RequestEvent request = (RequestEvent) record.event();
            if (!engine.onRequest(state, request.facts(), arrivedAtMillis, emission)) {
                duplicateRequests.inc();
            }
        } else if (record.event() instanceof OutcomeEvent) {
            OutcomeEvent outcome = (OutcomeEvent) record.event();
            if (!engine.onOutcome(state, servable(outcome), arrivedAtMillis, emission)) {
                unmatchedOutcomes.inc();
            }
        } else {
            engine.onCommand(state, (CommandEvent) record.event(), arrivedAtMillis, emission);
        }
    }

    /** What the engine may know: an answer whose text is missing must not count as kept. */
    private static OutcomeFacts servable(OutcomeEvent outcome) {
        OutcomeFacts facts = outcome.facts();
        return outcome.payload() == null && facts.complete()
                ? facts.toBuilder().complete(false).build()
                : facts;
    }
}
