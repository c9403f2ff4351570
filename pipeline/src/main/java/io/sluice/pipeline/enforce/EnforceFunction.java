package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.audit.AuditRecord;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a tenant's events, in the order of its log, to the {@link AuditedEngine} and carries out
 * what it wants done.
 *
 * <p><b>Key and time</b>: key = tenant. Decision time comes from the records; no watermark and no
 * clock decides. A processing-time timer, at most one in ten minutes per tenant that has anything
 * live, only appends an {@code expire} command to a silent tenant's log.
 *
 * <p><b>State</b>: the engine's, see {@link KeyedTenantState}. Besides that, text that the engine
 * does not see: {@code parked-requests} (request id → request and decision; cleared when its
 * leader's call, or its own as a turn of a conversation, ends), {@code answer-texts} (cache key →
 * answer; cleared when the engine drops the answer) and {@code conversation-texts} (conversation →
 * kept turns; cleared when the engine drops the conversation). All of it is cleared when the tenant
 * is erased.
 *
 * <p><b>Emits</b>: orders to call the model or not to; side outputs for audit records, new
 * policies, decided results, moves of usage, copies of changed conversations, metric samples and
 * commands.
 *
 * <p><b>On replay</b>: the same events give the same output, audit records to the bit. Results,
 * usage rows and copies of conversations repeat without effect; metric samples add up again; a
 * repeated {@code expire} command finds nothing to do.
 */
public final class EnforceFunction extends KeyedProcessFunction<String, LogRecord, CallOrder> {
    private static final long serialVersionUID = 1;

    private final int mostCores;

    @SuppressWarnings("NullAway.Init")
    private transient Consumer<String> keySwitch;

    @SuppressWarnings("NullAway.Init")
    private transient AuditedEngine engine;

    @SuppressWarnings("NullAway.Init")
    private transient KeyedTenantState state;

    @SuppressWarnings("NullAway.Init")
    private transient Texts texts;

    @SuppressWarnings("NullAway.Init")
    private transient Counter duplicateRequests;

    @SuppressWarnings("NullAway.Init")
    private transient Counter unmatchedOutcomes;

    /** With room for the decoded cores of so many tenants per subtask. */
    public EnforceFunction(int mostCores) {
        this.mostCores = mostCores;
    }

    /** How to make a tenant the current key; called before {@link #open}. */
    void switchKeysBy(Consumer<String> lentKeySwitch) {
        keySwitch = lentKeySwitch;
    }

    /** Writes what is not in Flink's state yet. */
    void flush() {
        state.flush();
    }

    @Override
    public void open(OpenContext context) {
        engine = new AuditedEngine();
        state = new KeyedTenantState(getRuntimeContext(), mostCores, keySwitch);
        texts = new Texts(getRuntimeContext());
        duplicateRequests = getRuntimeContext().getMetricGroup().counter("duplicateRequests");
        unmatchedOutcomes = getRuntimeContext().getMetricGroup().counter("unmatchedOutcomes");
    }

    @Override
    public void processElement(LogRecord record, Context context, Collector<CallOrder> out) {
        state.of(record.tenantId());
        Emission emission = new Emission(record, texts, context, out);
        long arrivedAtMillis = record.arrivedAtMillis();
        AuditRecord audit;
        if (record.event() instanceof RequestEvent) {
            RequestFacts facts = ((RequestEvent) record.event()).facts();
            EffectivePolicy known = state.core().policy();
            audit = engine.onRequest(state, facts, arrivedAtMillis, emission);
            if (audit == null) {
                duplicateRequests.inc();
            } else {
                emission.observeRequest(facts, state);
                archivePolicy(known, context);
            }
        } else if (record.event() instanceof OutcomeEvent) {
            OutcomeFacts facts = servable((OutcomeEvent) record.event());
            audit = engine.onOutcome(state, facts, arrivedAtMillis, emission);
            if (audit == null) {
                unmatchedOutcomes.inc();
            } else {
                emission.observeOutcome(facts, state);
            }
        } else {
            CommandEvent command = (CommandEvent) record.event();
            audit = engine.onCommand(state, command, arrivedAtMillis, emission);
        }
        if (audit != null) {
            context.output(SideOutputs.AUDIT, audit);
        }
        emission.copyConversations(state);
        state.watch(context.timerService());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<CallOrder> out) {
        String tenantId = context.getCurrentKey();
        state.of(tenantId);
        long nowMillis = context.timerService().currentProcessingTime();
        if (state.isOverdue(nowMillis)) {
            context.output(
                    SideOutputs.COMMANDS,
                    CommandEvent.builder()
                            .tenantId(tenantId)
                            .commandId(Names.EXPIRE + '-' + tenantId + '-' + timestamp)
                            .name(Names.EXPIRE)
                            .build());
        }
        state.rewatch(context.timerService());
    }

    private void archivePolicy(@Nullable EffectivePolicy known, Context context) {
        EffectivePolicy policy = state.core().policy();
        if (policy != null && AuditedEngine.isNewer(policy, known)) {
            context.output(SideOutputs.POLICIES, policy);
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
