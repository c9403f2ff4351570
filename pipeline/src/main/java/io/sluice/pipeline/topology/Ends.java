package io.sluice.pipeline.topology;

import io.sluice.contract.Alert;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.SessionItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.sinks.cloudwatch.MetricSample;
import io.sluice.sinks.relational.MirrorRow;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;

/**
 * Where the job touches the outside: one source, one model, thirteen sinks, and one more if there
 * is a mirror. Tests bring their own.
 */
public interface Ends {
    /** The tenants' events, in order within a shard. Sets the source's uid itself. */
    DataStream<StreamRecord> events(StreamExecutionEnvironment env);

    /** Calls the model; stores the final result before it gives the end. */
    AsyncFunction<CallOrder, CallEnd> invoker();

    /** Appends outcomes to their tenants' log. */
    Sink<OutcomeEvent> outcomes();

    /** Appends commands to their tenants' log. */
    Sink<CommandEvent> commands();

    /** Stores results that were decided without a call. */
    Sink<ResultItem> decidedResults();

    /** Stores usage rows. */
    Sink<UsageItem> usage();

    /** Copies usage and results' metadata for people who live in SQL; empty if nobody asked. */
    default Optional<Sink<MirrorRow>> mirror() {
        return Optional.empty();
    }

    /** Stores copies of conversations. */
    Sink<SessionItem> sessions();

    /** Publishes the metrics of the contract: requests and cost. */
    Sink<MetricSample> metrics();

    /** Publishes all other metrics. */
    Sink<MetricSample> figures();

    /** Tells whoever is to hear of alerts. */
    Sink<Alert> alerts();

    /** Publishes the record of each transition; after a restore some come again. */
    Sink<AuditRecord> audit();

    /** Archives the record of each transition, exactly once. */
    Sink<AuditRecord> archive();

    /** Archives policies that decisions went by. */
    Sink<EffectivePolicy> policies();

    /**
     * Seals the archive by digests and tells their numbers, for as long as the job runs. Sets the
     * source's uid itself.
     */
    DataStream<Long> digests(StreamExecutionEnvironment env);

    /** Appends what could not be processed to its stream. */
    Sink<DeadLetter> deadLetters();

    /** Stores what could not be processed, so that it can be listed and redriven. */
    Sink<DeadLetter> letterItems();
}
