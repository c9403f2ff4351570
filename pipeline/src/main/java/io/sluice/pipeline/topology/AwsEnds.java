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
import io.sluice.contract.json.AuditRecordJson;
import io.sluice.contract.json.DeadLetterJson;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.config.JobSettings;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.pipeline.model.CallStores;
import io.sluice.pipeline.model.InvokeModelFunction;
import io.sluice.pipeline.seal.SealFunction;
import io.sluice.pipeline.seal.SealerFactory;
import io.sluice.pipeline.topology.shards.ParentsFirstConsumer;
import io.sluice.sinks.archive.AuditArchive;
import io.sluice.sinks.archive.PolicyDocuments;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import io.sluice.sinks.cloudwatch.CloudWatchSink;
import io.sluice.sinks.cloudwatch.MetricSample;
import io.sluice.sinks.letter.DeadLetterSinks;
import io.sluice.sinks.relational.MirrorRow;
import io.sluice.sinks.relational.MirrorSink;
import io.sluice.sinks.result.ResultSinks;
import io.sluice.sinks.session.SessionSinks;
import io.sluice.sinks.usage.UsageSinks;
import io.sluice.sinks.webhook.WebhookSettings;
import io.sluice.sinks.webhook.WebhookSink;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.connector.kinesis.sink.PartitionKeyGenerator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The ends in AWS, or whatever speaks its protocols: Kinesis, Bedrock, DynamoDB, CloudWatch, each
 * where the SDK's standard settings say.
 */
public final class AwsEnds implements Ends {
    /** An outcome waits at most this long for others to share a call to the stream. */
    private static final long BUFFER_MILLIS = 50;

    /**
     * How often each subtask looks for new shards. ListShards may be called 1,000 times a second
     * (docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html, 2026-11-23), which is
     * enough for {@link SluiceTopology#MAX_PARALLELISM} subtasks many times over.
     */
    private static final String DISCOVERY_MILLIS = "2000";

    private final JobSettings settings;
    private final Properties kinesis;

    /** Ends for these settings, in the region and at the endpoints of the environment. */
    public AwsEnds(JobSettings settings) {
        this.settings = settings;
        this.kinesis = AwsAccess.standard(AwsService.KINESIS).connectorProperties();
    }

    @Override
    @SuppressWarnings("deprecation") // the consumer is a SourceFunction
    public DataStream<StreamRecord> events(StreamExecutionEnvironment env) {
        Properties source = new Properties();
        source.putAll(kinesis);
        source.setProperty("flink.stream.initpos", settings.initialPosition());
        source.setProperty("flink.stream.recordpublisher", settings.sourceMode().name());
        if (settings.sourceMode() == JobSettings.SourceMode.EFO) {
            source.setProperty("flink.stream.efo.consumername", settings.consumerName());
        }
        source.setProperty("flink.shard.discovery.intervalmillis", DISCOVERY_MILLIS);
        return env.addSource(
                        new ParentsFirstConsumer<>(
                                settings.eventsStream(), new StreamRecordSchema(), source))
                .returns(Types.STREAM_RECORD)
                .uid("read-events")
                .name("read events");
    }

    @Override
    public AsyncFunction<CallOrder, CallEnd> invoker() {
        return InvokeModelFunction.onBedrock(
                AwsAccess.standard(AwsService.BEDROCK_RUNTIME),
                AwsAccess.standard(AwsService.S3),
                CallStores.inDynamoDb(
                        AwsAccess.standard(AwsService.DYNAMODB),
                        settings.attemptsTable(),
                        settings.requestsTable(),
                        settings.retention()),
                new PriceBookFile(settings.pricesFile()),
                settings.invoke(),
                settings.payloads());
    }

    @Override
    public Sink<OutcomeEvent> outcomes() {
        return appending(settings.eventsStream(), new EventSchema<>(), OutcomeEvent::tenantId);
    }

    @Override
    public Sink<CommandEvent> commands() {
        return appending(settings.eventsStream(), new EventSchema<>(), CommandEvent::tenantId);
    }

    @Override
    public Sink<ResultItem> decidedResults() {
        return ResultSinks.decided(
                AwsAccess.standard(AwsService.DYNAMODB),
                settings.requestsTable(),
                settings.retention());
    }

    @Override
    public Sink<UsageItem> usage() {
        return UsageSinks.into(
                AwsAccess.standard(AwsService.DYNAMODB),
                settings.usageTable(),
                settings.retention());
    }

    @Override
    public Optional<Sink<MirrorRow>> mirror() {
        return Optional.ofNullable(settings.mirror()).map(MirrorSink::into);
    }

    @Override
    public Sink<SessionItem> sessions() {
        return SessionSinks.into(AwsAccess.standard(AwsService.DYNAMODB), settings.sessionsTable());
    }

    @Override
    public Sink<MetricSample> metrics() {
        return CloudWatchSink.into(
                AwsAccess.standard(AwsService.CLOUDWATCH),
                settings.metricsNamespace(),
                CloudWatchSink.Settings.keepingApart(settings.topTenants()));
    }

    @Override
    public Sink<MetricSample> figures() {
        return metrics();
    }

    @Override
    public Sink<Alert> alerts() {
        WebhookSettings webhook = settings.webhook();
        return webhook == null ? new DiscardingSink<>() : WebhookSink.to(webhook);
    }

    @Override
    public Sink<AuditRecord> audit() {
        return appending(settings.audit().stream(), AuditRecordJson::write, AuditRecord::tenantId);
    }

    @Override
    public Sink<AuditRecord> archive() {
        return AuditArchive.below(settings.audit().archive());
    }

    @Override
    public Sink<EffectivePolicy> policies() {
        return new PolicyDocuments(
                settings.audit().archive(), new PriceBookFile(settings.pricesFile()));
    }

    @Override
    @SuppressWarnings("deprecation") // the sealer is a SourceFunction
    public DataStream<Long> digests(StreamExecutionEnvironment env) {
        SealerFactory sealer =
                SealerFactory.of(
                        settings.audit(),
                        settings.eventsStream(),
                        AwsAccess.standard(AwsService.DYNAMODB));
        return env.addSource(
                        new SealFunction(sealer, settings.audit().digestInterval()),
                        BasicTypeInfo.LONG_TYPE_INFO)
                .uid("seal-archive")
                .name("seal archive");
    }

    @Override
    public Sink<DeadLetter> deadLetters() {
        return appending(
                settings.deadLettersStream(),
                DeadLetterJson::streamRecord,
                DeadLetter::partitionKey);
    }

    @Override
    public Sink<DeadLetter> letterItems() {
        return DeadLetterSinks.into(
                AwsAccess.standard(AwsService.DYNAMODB),
                settings.deadLettersTable(),
                settings.retention());
    }

    @SuppressWarnings(
            "deprecation") // by name: the account in an ARN is known to the environment alone
    private <T> Sink<T> appending(
            String stream, SerializationSchema<T> schema, PartitionKeyGenerator<T> key) {
        return KinesisStreamsSink.<T>builder()
                .setKinesisClientProperties(kinesis)
                .setStreamName(stream)
                .setSerializationSchema(schema)
                .setPartitionKeyGenerator(key)
                .setFailOnError(true)
                .setMaxTimeInBufferMS(BUFFER_MILLIS)
                .build();
    }
}
