package io.sluice.pipeline.enforce;

import static java.util.Objects.requireNonNull;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.ResultItem;
import io.sluice.contract.SessionItem;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.sinks.cloudwatch.MetricSample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The enforcing operator with its state and its outputs in reach; no generic type anywhere. */
final class EnforceHarness implements AutoCloseable {
    /** So few that some are written back and read again. */
    private static final int MOST_CORES = 2;

    private final KeyedOneInputStreamOperatorTestHarness<String, LogRecord, CallOrder> harness;

    private EnforceHarness(Backend backend, @Nullable OperatorSubtaskState restored, int mostCores)
            throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new EnforceOperator(new EnforceFunction(mostCores)),
                        LogRecord::tenantId,
                        BasicTypeInfo.STRING_TYPE_INFO,
                        128,
                        1,
                        0);
        harness.setStateBackend(backend.create());
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        harness.setup(Types.CALL_ORDER.createSerializer(new SerializerConfigImpl()));
        if (restored == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(restored);
        }
        harness.open();
    }

    static EnforceHarness empty(Backend backend) throws Exception {
        return new EnforceHarness(backend, null, MOST_CORES);
    }

    static EnforceHarness restored(Backend backend, OperatorSubtaskState state) throws Exception {
        return new EnforceHarness(backend, state, MOST_CORES);
    }

    /** With room for the decoded cores of so many tenants. */
    static EnforceHarness withRoom(
            Backend backend, @Nullable OperatorSubtaskState state, int mostCores) throws Exception {
        return new EnforceHarness(backend, state, mostCores);
    }

    void process(LogRecord record) throws Exception {
        harness.processElement(record, 0);
    }

    void process(List<LogRecord> records) throws Exception {
        for (LogRecord record : records) {
            process(record);
        }
    }

    OperatorSubtaskState snapshot() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    List<AdmittedRequest> admitted() {
        return orders().stream()
                .filter(order -> order.admitted() != null)
                .map(order -> requireNonNull(order.admitted()))
                .toList();
    }

    /** Decisions of admitted requests. */
    List<Decision> decisions() {
        return admitted().stream().map(AdmittedRequest::decision).toList();
    }

    /** Calls to be made or not to be made. */
    List<CallOrder> orders() {
        return harness.extractOutputValues();
    }

    List<CommandEvent> commands() {
        return side(SideOutputs.COMMANDS);
    }

    /** Lets processing time pass to there: timers fire. */
    void passTo(long nowMillis) throws Exception {
        harness.setProcessingTime(nowMillis);
    }

    List<ResultItem> decided() {
        return side(SideOutputs.DECIDED_RESULTS);
    }

    List<UsageChange> usage() {
        return side(SideOutputs.USAGE_CHANGES);
    }

    List<SessionItem> sessions() {
        return side(SideOutputs.SESSIONS);
    }

    List<MetricSample> metrics() {
        return side(SideOutputs.METRICS);
    }

    List<Observation> observations() {
        return side(SideOutputs.OBSERVATIONS);
    }

    /** Everything that came out so far, by output; equal outputs are equal lists. */
    List<String> outputs() {
        List<String> all = new ArrayList<>();
        orders().forEach(order -> all.add(line(order)));
        decided().forEach(item -> all.add("decided " + item + ' ' + item.output()));
        usage().forEach(
                        item ->
                                all.add(
                                        "usage "
                                                + item.counts()
                                                + item.atMillis()
                                                + " by "
                                                + item.seq()));
        sessions().forEach(copy -> all.add("session " + copy + ' ' + copy.turns()));
        metrics().forEach(sample -> all.add("metric " + sample));
        return all;
    }

    private static String line(CallOrder order) {
        AdmittedRequest a = order.admitted();
        return a == null
                ? "withdraw " + order.tenantId() + ' ' + order.requestId()
                : "admitted "
                        + a.request()
                        + a.request().payload()
                        + a.decision()
                        + a.earlierTurns();
    }

    /** Tenants that have anything in that state. */
    long tenantsIn(String stateName) {
        try (Stream<Object> keys =
                harness.getOperator()
                        .getKeyedStateBackend()
                        .getKeys(stateName, VoidNamespace.INSTANCE)) {
            return keys.distinct().count();
        }
    }

    int timers() {
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    private <T> List<T> side(OutputTag<T> tag) {
        var records = harness.getSideOutput(tag);
        return records == null
                ? List.of()
                : records.stream().map(record -> record.getValue()).toList();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("the harness did not close", e);
        }
    }
}
