package io.sluice.pipeline.metering;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.pipeline.usage.UsageChange;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The counting operator with its rows, its commands and its state in reach. */
final class UsageHarness implements AutoCloseable {
    private final KeyedOneInputStreamOperatorTestHarness<String, UsageChange, UsageItem> harness;

    UsageHarness(boolean onDisk, @Nullable OperatorSubtaskState restored) throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new CountUsageOperator(),
                        UsageChange::tenantId,
                        BasicTypeInfo.STRING_TYPE_INFO,
                        128,
                        1,
                        0);
        harness.setStateBackend(
                onDisk ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        harness.setup(Types.USAGE_ITEM.createSerializer(new SerializerConfigImpl()));
        if (restored == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(restored);
        }
        harness.open();
    }

    void process(UsageChange change) throws Exception {
        harness.processElement(change, 0);
    }

    void passTo(long nowMillis) throws Exception {
        harness.setProcessingTime(nowMillis);
    }

    OperatorSubtaskState snapshot() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    void finish() throws Exception {
        harness.getOneInputOperator().finish();
    }

    List<UsageItem> rows() {
        return harness.extractOutputValues();
    }

    /** Gives the rows since the last time. */
    void drainTo(Consumer<UsageItem> table) {
        rows().forEach(table);
        harness.getOutput().clear();
    }

    /** The last of each row. */
    SortedMap<String, UsageItem> lastRows() {
        SortedMap<String, UsageItem> last = new TreeMap<>();
        rows().forEach(row -> last.put(name(row.tenantId(), row.key()), row));
        return last;
    }

    static String name(String tenantId, UsageKey key) {
        return tenantId + ' ' + key.rangeKey();
    }

    List<CommandEvent> commands() {
        var records = harness.getSideOutput(SideOutputs.COMMANDS);
        return records == null
                ? List.of()
                : records.stream().map(record -> record.getValue()).toList();
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
        return harness.numProcessingTimeTimers();
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
