package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.util.Collector;

/** {@link EnforceOperator} around the engine alone, which records nothing. */
public final class UnauditedOperator extends KeyedProcessOperator<String, LogRecord, CallOrder> {
    private static final long serialVersionUID = 1;

    /** With room for the decoded cores of so many tenants. */
    public UnauditedOperator(int mostCores) {
        super(new Unaudited(mostCores));
    }

    @Override
    public void open() throws Exception {
        ((Unaudited) userFunction).keySwitch = this::setCurrentKey;
        super.open();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        ((Unaudited) userFunction).state.flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    private static final class Unaudited
            extends KeyedProcessFunction<String, LogRecord, CallOrder> {
        private static final long serialVersionUID = 1;

        private final int mostCores;

        @SuppressWarnings("NullAway.Init")
        private transient Consumer<String> keySwitch;

        @SuppressWarnings("NullAway.Init")
        private transient Engine engine;

        @SuppressWarnings("NullAway.Init")
        private transient KeyedTenantState state;

        @SuppressWarnings("NullAway.Init")
        private transient Texts texts;

        private Unaudited(int mostCores) {
            this.mostCores = mostCores;
        }

        @Override
        public void open(OpenContext context) {
            engine = new Engine();
            state = new KeyedTenantState(getRuntimeContext(), mostCores, keySwitch);
            texts = new Texts(getRuntimeContext());
        }

        @Override
        public void processElement(LogRecord record, Context context, Collector<CallOrder> out) {
            state.of(record.tenantId());
            Emission emission = new Emission(record, texts, context, out);
            long arrivedAtMillis = record.arrivedAtMillis();
            if (record.event() instanceof RequestEvent request) {
                RequestFacts facts = request.facts();
                if (engine.onRequest(state, facts, arrivedAtMillis, emission)) {
                    emission.observeRequest(facts, state);
                }
            } else if (record.event() instanceof OutcomeEvent outcome) {
                if (engine.onOutcome(state, outcome.facts(), arrivedAtMillis, emission)) {
                    emission.observeOutcome(outcome.facts(), state);
                }
            } else {
                CommandEvent command = (CommandEvent) record.event();
                engine.onCommand(state, command, arrivedAtMillis, emission);
            }
            emission.copyConversations(state);
            state.watch(context.timerService());
        }
    }
}
