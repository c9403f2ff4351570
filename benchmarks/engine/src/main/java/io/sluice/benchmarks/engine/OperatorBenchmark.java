package io.sluice.benchmarks.engine;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.EnforceFunction;
import io.sluice.pipeline.enforce.EnforceOperator;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.pipeline.enforce.UnauditedOperator;
import io.sluice.pipeline.metering.CountUsageOperator;
import io.sluice.pipeline.topology.HandOverFunction;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.sinks.archive.AuditArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Decisions a second of the keyed operator as the job runs it: RocksDB, exactly-once checkpoints
 * every 10 s, records read from a network buffer. One subtask, so one core decides; the generator
 * and what writes audit records to the archive, and to a file as if to their stream, share the
 * other.
 *
 * <p>Arguments: {@code tenants seconds mode [cores-in-memory [MiB-for-RocksDB [audit]]]}, see
 * {@link EventSource.Mode}; {@code audit} is {@code true} unless {@code false}: the engine alone
 * decides, and nothing is recorded.
 */
public final class OperatorBenchmark {
    private OperatorBenchmark() {}

    /** Runs one measurement and prints a line. */
    @SuppressWarnings("deprecation") // a SourceFunction is the shortest source there is
    public static void main(String[] args) throws Exception {
        int tenants = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        EventSource.Mode mode = EventSource.Mode.valueOf(args[2].toUpperCase(Locale.ROOT));
        int cores = args.length > 3 ? Integer.parseInt(args[3]) : 20_000;
        int managedMebiBytes = args.length > 4 ? Integer.parseInt(args[4]) : 512;
        boolean audit = args.length <= 5 || Boolean.parseBoolean(args[5]);
        Path folder = Files.createTempDirectory("sluice-operator");
        Configuration configuration =
                new Configuration()
                        .set(PipelineOptions.GENERIC_TYPES, false)
                        .set(PipelineOptions.AUTO_GENERATE_UIDS, false)
                        .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
                        .set(
                                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                                MemorySize.ofMebiBytes(managedMebiBytes))
                        .set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true)
                        .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
                        .set(
                                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                                folder.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        env.enableCheckpointing(10_000);
        SingleOutputStreamOperator<LogRecord> events =
                env.addSource(new EventSource(tenants, seconds, mode))
                        .returns(Types.LOG_RECORD)
                        .uid("generate");
        SingleOutputStreamOperator<CallOrder> orders =
                events.keyBy(LogRecord::tenantId, TypeInformation.of(String.class))
                        .transform(
                                "enforce",
                                Types.CALL_ORDER,
                                audit
                                        ? new EnforceOperator(new EnforceFunction(cores))
                                        : new UnauditedOperator(cores))
                        .uid("enforce");
        orders.transform(
                        "call",
                        Types.CALL_ORDER,
                        new WriteOut<>(Types.LOG_RECORD, OperatorBenchmark::called))
                .uid("call");
        orders.getSideOutput(SideOutputs.DECIDED_RESULTS)
                .transform(
                        "write decided",
                        Types.RESULT_ITEM,
                        new WriteOut<>(Types.RESULT_ITEM, item -> item))
                .uid("write-decided");
        if (audit) {
            SingleOutputStreamOperator<AuditRecord> records =
                    orders.getSideOutput(SideOutputs.AUDIT)
                            .process(new HandOverFunction<>())
                            .returns(Types.AUDIT_RECORD)
                            .uid("hand-over")
                            .startNewChain();
            records.transform(
                            "publish",
                            Types.AUDIT_RECORD,
                            new WriteOut<>(Types.AUDIT_RECORD, record -> record))
                    .uid("publish");
            records.sinkTo(AuditArchive.below(folder.resolve("archive").toUri().toString()))
                    .uid("archive");
        }
        if (mode == EventSource.Mode.ALL) {
            DataStreamUtils.reinterpretAsKeyedStream(
                            orders.getSideOutput(SideOutputs.USAGE_CHANGES),
                            UsageChange::tenantId,
                            TypeInformation.of(String.class))
                    .transform("usage", Types.USAGE_ITEM, new CountUsageOperator())
                    .uid("usage")
                    .transform(
                            "usage out",
                            Types.USAGE_ITEM,
                            new WriteOut<>(Types.USAGE_ITEM, item -> item))
                    .uid("usage-out");
        }
        env.execute("operator benchmark");
        System.out.println(EventSource.summary());
    }

    /** The request with its text and its decision. */
    private static LogRecord called(CallOrder order) {
        AdmittedRequest admitted = order.admitted();
        if (admitted == null) {
            throw new IllegalStateException("nothing is withdrawn here");
        }
        return new LogRecord(admitted.request(), admitted.decision().decidedAtMillis(), "1");
    }
}
