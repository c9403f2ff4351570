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
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.Exit;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.sinks.archive.AuditArchive;
import io.sluice.sinks.archive.PolicyDocuments;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Ends in a {@link PlayedLog}: whatever is given out is written down, and nothing comes back,
 * because the log has all that came back when it was recorded.
 */
final class PlayedEnds implements Ends {
    private final String name;
    private final int earlierRuns;

    PlayedEnds(String name, int earlierRuns) {
        this.name = name;
        this.earlierRuns = earlierRuns;
    }

    @Override
    @SuppressWarnings("deprecation") // like the Kinesis consumer's
    public DataStream<StreamRecord> events(StreamExecutionEnvironment env) {
        return env.addSource(new PlayedSource(name, earlierRuns), Types.STREAM_RECORD)
                .uid("read-events")
                .name("read events");
    }

    @Override
    public AsyncFunction<CallOrder, CallEnd> invoker() {
        return new PlayedInvoker(name, earlierRuns);
    }

    @Override
    public Sink<OutcomeEvent> outcomes() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<CommandEvent> commands() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<ResultItem> decidedResults() {
        return new PlayedSink<>(
                name,
                earlierRuns,
                (log, run, item) ->
                        log.gaveOut(run, Exit.RESULTS, item.tenantId(), Exit.spelled(item)));
    }

    @Override
    public Sink<UsageItem> usage() {
        return new PlayedSink<>(name, earlierRuns, (log, run, item) -> log.put(item));
    }

    @Override
    public Sink<SessionItem> sessions() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<MetricSample> metrics() {
        return new PlayedSink<>(
                name,
                earlierRuns,
                (log, run, sample) ->
                        log.gaveOut(run, Exit.METRICS, sample.tenantId(), sample.toString()));
    }

    @Override
    public Sink<MetricSample> figures() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<Alert> alerts() {
        return new PlayedSink<>(
                name,
                earlierRuns,
                (log, run, alert) -> {
                    String tenantId = alert.tenantId();
                    if (tenantId != null) {
                        log.gaveOut(run, Exit.ALERTS, tenantId, Exit.spelled(alert));
                    }
                });
    }

    @Override
    public Sink<AuditRecord> audit() {
        return new PlayedSink<>(name, earlierRuns, (log, run, record) -> log.audit.add(record));
    }

    @Override
    public Sink<AuditRecord> archive() {
        String archive = PlayedLog.of(name).archive;
        return archive == null ? new DiscardingSink<>() : AuditArchive.below(archive);
    }

    @Override
    public Sink<EffectivePolicy> policies() {
        String archive = PlayedLog.of(name).archive;
        return archive == null
                ? new DiscardingSink<>()
                : new PolicyDocuments(archive, PriceBookJson::shipped);
    }

    @Override
    public DataStream<Long> digests(StreamExecutionEnvironment env) {
        return env.fromData(BasicTypeInfo.LONG_TYPE_INFO, 1L)
                .uid("seal-archive")
                .name("seal archive");
    }

    @Override
    public Sink<DeadLetter> deadLetters() {
        return new PlayedSink<>(
                name, earlierRuns, (log, run, letter) -> log.letters.incrementAndGet());
    }

    @Override
    public Sink<DeadLetter> letterItems() {
        return new DiscardingSink<>();
    }
}
