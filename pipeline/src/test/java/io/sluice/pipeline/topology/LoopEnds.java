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
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Ends in a {@link LoopStore}: outcomes come back by the log they were appended to. */
final class LoopEnds implements Ends {
    private final String store;

    LoopEnds(String store) {
        this.store = store;
    }

    @Override
    @SuppressWarnings("deprecation") // like the Kinesis consumer's
    public DataStream<StreamRecord> events(StreamExecutionEnvironment env) {
        return env.addSource(new LoopSource(store), Types.STREAM_RECORD)
                .uid("read-events")
                .name("read events");
    }

    @Override
    public AsyncFunction<CallOrder, CallEnd> invoker() {
        return new LoopInvoker(store);
    }

    @Override
    public Sink<OutcomeEvent> outcomes() {
        return new LoopSink<>(
                store, (outside, event) -> outside.append(event, event.facts().finishedAtMillis()));
    }

    @Override
    public Sink<CommandEvent> commands() {
        return new LoopSink<>(store, LoopStore::appendNow);
    }

    @Override
    public Sink<ResultItem> decidedResults() {
        return new LoopSink<>(store, LoopStore::put);
    }

    @Override
    public Sink<UsageItem> usage() {
        return new LoopSink<>(store, LoopStore::put);
    }

    @Override
    public Sink<SessionItem> sessions() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<MetricSample> metrics() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<MetricSample> figures() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<Alert> alerts() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<AuditRecord> audit() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<AuditRecord> archive() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<EffectivePolicy> policies() {
        return new DiscardingSink<>();
    }

    @Override
    public DataStream<Long> digests(StreamExecutionEnvironment env) {
        return env.fromData(BasicTypeInfo.LONG_TYPE_INFO, 1L)
                .uid("seal-archive")
                .name("seal archive");
    }

    @Override
    public Sink<DeadLetter> deadLetters() {
        return new LoopSink<>(store, (outside, letter) -> outside.letters.incrementAndGet());
    }

    @Override
    public Sink<DeadLetter> letterItems() {
        return new DiscardingSink<>();
    }
}
