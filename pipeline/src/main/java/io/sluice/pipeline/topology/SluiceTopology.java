package io.sluice.pipeline.topology;

import io.sluice.contract.Alert;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.Isolation;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.config.JobSettings;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.EnforceFunction;
import io.sluice.pipeline.enforce.EnforceOperator;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.ParseEventFunction;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.pipeline.enforce.SplitCallEndsFunction;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.pipeline.metering.CountUsageOperator;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.pipeline.watch.CountAlertsFunction;
import io.sluice.pipeline.watch.WatchLagFunction;
import io.sluice.pipeline.watch.WatchTenantsOperator;
import io.sluice.sinks.relational.MirrorResultFunction;
import io.sluice.sinks.relational.MirrorRow;
import io.sluice.sinks.relational.MirrorUsageFunction;
import io.sluice.sinks.relational.OwnDatabase;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The wiring of the job, from the log to the model and back onto the log. Read this first.
 *
 * <p>The uids are a promise to savepoints; a test holds them against a golden file.
 */
public final class SluiceTopology {
    /** Key groups; the ceiling of parallelism. Changing it abandons all savepoints. */
    public static final int MAX_PARALLELISM = 128;

    /**
     * A record waits at most this long for others to share a network buffer; Flink's default is
     * 100.
     */
    private static final long BUFFER_TIMEOUT_MILLIS = 5;

    /** What leaves the deciding thread's chain is not waited for: records of what was decided. */
    private static final long RECORDS_TIMEOUT_MILLIS = 100;

    /** Which tenants the mirror gives a database of their own. */
    private static final OwnDatabase<UsageItem> OF_USAGE =
            item -> item.isolation() == Isolation.DATABASE;

    private static final OwnDatabase<ResultItem> OF_RESULTS =
            item -> item.isolation() == Isolation.DATABASE;

    private SluiceTopology() {}

    /** Wires the job between these ends. */
    public static void build(StreamExecutionEnvironment env, Ends ends, JobSettings settings) {
        env.setMaxParallelism(MAX_PARALLELISM);
        env.setBufferTimeout(BUFFER_TIMEOUT_MILLIS);
        env.configure(strict());

        // One log per tenant: everything that can change a decision arrives here, in order.
        DataStream<StreamRecord> records = ends.events(env);

        // What is no event leaves by its own door.
        SingleOutputStreamOperator<LogRecord> events =
                records.process(new ParseEventFunction(settings.eventsStream()))
                        .returns(Types.LOG_RECORD)
                        .uid("parse-events")
                        .name("parse events");

        // One writer per tenant decides.
        SingleOutputStreamOperator<CallOrder> admitted =
                events.keyBy(LogRecord::tenantId, TypeInformation.of(String.class))
                        .transform(
                                "enforce by tenant",
                                Types.CALL_ORDER,
                                new EnforceOperator(new EnforceFunction(settings.coresInMemory())))
                        .uid("enforce-by-tenant")
                        .setBufferTimeout(RECORDS_TIMEOUT_MILLIS);

        // Forward, so that one tenant's calls meet in one scheduler; unordered, so that none waits
        // for another.
        SingleOutputStreamOperator<CallEnd> callEnds =
                AsyncDataStream.unorderedWait(
                                admitted,
                                ends.invoker(),
                                settings.invokeTimeout().toMillis(),
                                TimeUnit.MILLISECONDS,
                                settings.invokeCapacity())
                        .returns(Types.CALL_END)
                        .uid("invoke-model")
                        .name("invoke model");

        // What a person should look at leaves by the door of what is no event.
        SingleOutputStreamOperator<OutcomeEvent> outcomes =
                callEnds.process(new SplitCallEndsFunction())
                        .returns(Types.OUTCOME_EVENT)
                        .uid("split-call-ends")
                        .name("split call ends");

        // An outcome takes its place in its tenant's log and so comes back to the one writer.
        outcomes.sinkTo(ends.outcomes()).uid("append-outcomes").name("append outcomes");

        admitted.getSideOutput(SideOutputs.DECIDED_RESULTS)
                .sinkTo(ends.decidedResults())
                .uid("write-decided-results")
                .name("write decided results");
        // The same key and parallelism as its input: nothing is shuffled.
        SingleOutputStreamOperator<UsageItem> usage =
                DataStreamUtils.reinterpretAsKeyedStream(
                                admitted.getSideOutput(SideOutputs.USAGE_CHANGES),
                                UsageChange::tenantId,
                                TypeInformation.of(String.class))
                        .transform("count usage", Types.USAGE_ITEM, new CountUsageOperator())
                        .uid("count-usage");
        usage.sinkTo(ends.usage()).uid("write-usage").name("write usage");
        admitted.getSideOutput(SideOutputs.COMMANDS)
                .union(usage.getSideOutput(SideOutputs.COMMANDS))
                .sinkTo(ends.commands())
                .uid("append-commands")
                .name("append commands");
        // What crosses a line is told: of tenants in the order of their logs, of the job as it is.
        SingleOutputStreamOperator<Alert> tenantAlerts =
                DataStreamUtils.reinterpretAsKeyedStream(
                                admitted.getSideOutput(SideOutputs.OBSERVATIONS),
                                Observation::tenantId,
                                TypeInformation.of(String.class))
                        .transform(
                                "watch tenants",
                                Types.ALERT,
                                new WatchTenantsOperator(settings.alertRules()))
                        .uid("watch-tenants");
        SingleOutputStreamOperator<Alert> lagAlerts =
                records.process(
                                new WatchLagFunction(
                                        settings.eventsStream(), settings.alertRules().lagMillis()))
                        .returns(Types.ALERT)
                        .uid("watch-lag")
                        .name("watch lag");
        SingleOutputStreamOperator<Alert> alerts =
                tenantAlerts
                        .union(lagAlerts, outcomes.getSideOutput(SideOutputs.ALERTS))
                        .process(new CountAlertsFunction())
                        .returns(Types.ALERT)
                        .uid("count-alerts")
                        .name("count alerts");
        alerts.sinkTo(ends.alerts()).uid("send-alerts").name("send alerts");

        // The record of each transition: published soon, archived exactly once and sealed; on
        // threads of its own, so that the one that decides only hands it over.
        SingleOutputStreamOperator<AuditRecord> audit =
                admitted.getSideOutput(SideOutputs.AUDIT)
                        .process(new HandOverFunction<>())
                        .returns(Types.AUDIT_RECORD)
                        .uid("hand-over-audit")
                        .name("hand over audit")
                        .startNewChain();
        audit.sinkTo(ends.audit()).uid("publish-audit").name("publish audit");
        audit.sinkTo(ends.archive()).uid("archive-audit").name("archive audit");
        admitted.getSideOutput(SideOutputs.POLICIES)
                .sinkTo(ends.policies())
                .uid("archive-policies")
                .name("archive policies");
        ends.digests(env)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid("end-digests")
                .name("end digests");

        admitted.getSideOutput(SideOutputs.SESSIONS)
                .sinkTo(ends.sessions())
                .uid("write-sessions")
                .name("write sessions");
        admitted.getSideOutput(SideOutputs.METRICS)
                .sinkTo(ends.metrics())
                .uid("publish-metrics")
                .name("publish metrics");
        // In a chain of its own, because there are many; the few others share one.
        tenantAlerts
                .getSideOutput(SideOutputs.METRICS)
                .sinkTo(ends.figures())
                .uid("publish-figures")
                .name("publish figures");
        alerts.getSideOutput(SideOutputs.METRICS)
                .union(
                        lagAlerts.getSideOutput(SideOutputs.METRICS),
                        outcomes.getSideOutput(SideOutputs.METRICS))
                .sinkTo(ends.figures())
                .uid("publish-signals")
                .name("publish signals");
        DataStream<DeadLetter> letters =
                events.getSideOutput(SideOutputs.DEAD_LETTERS)
                        .union(outcomes.getSideOutput(SideOutputs.DEAD_LETTERS));
        letters.sinkTo(ends.deadLetters()).uid("append-dead-letters").name("append dead letters");
        letters.sinkTo(ends.letterItems()).uid("write-dead-letters").name("write dead letters");
        ends.mirror()
                .ifPresent(
                        mirror ->
                                mirror(
                                        usage,
                                        admitted.getSideOutput(SideOutputs.DECIDED_RESULTS),
                                        outcomes.getSideOutput(SideOutputs.CALL_RESULTS),
                                        mirror));
    }

    /**
     * Copies usage and results for people who live in SQL. One subtask writes, because the pool of
     * connections is a subtask's; what it gets has no answers any more.
     */
    private static void mirror(
            DataStream<UsageItem> usage,
            DataStream<ResultItem> decided,
            DataStream<ResultItem> called,
            Sink<MirrorRow> mirror) {
        DataStream<MirrorRow> usageRows =
                usage.map(new MirrorUsageFunction(OF_USAGE))
                        .returns(Types.MIRROR_ROW)
                        .uid("mirror-usage")
                        .name("mirror usage");
        DataStream<MirrorRow> decidedRows =
                decided.map(new MirrorResultFunction(OF_RESULTS))
                        .returns(Types.MIRROR_ROW)
                        .uid("mirror-decided-results")
                        .name("mirror decided results");
        DataStream<MirrorRow> calledRows =
                called.map(new MirrorResultFunction(OF_RESULTS))
                        .returns(Types.MIRROR_ROW)
                        .uid("mirror-call-results")
                        .name("mirror call results");
        usageRows
                .union(decidedRows, calledRows)
                .sinkTo(mirror)
                .uid("write-mirror")
                .name("write mirror")
                .setParallelism(1);
    }

    /** No Kryo and no unnamed operators, wherever the job runs. */
    private static Configuration strict() {
        return new Configuration()
                .set(PipelineOptions.GENERIC_TYPES, false)
                .set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    }
}
