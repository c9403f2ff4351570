package io.sluice.ingress.health;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Property;
import io.sluice.contract.Names;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Asks Kinesis for the stream and DynamoDB for the tables. Answers within 2 s; what was found is
 * kept for 1 s, so that probes do not become load.
 */
@Singleton
final class ReadinessProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ReadinessProbe.class);
    private static final long TIMEOUT_MILLIS = 2_000;
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final KinesisAsyncClient kinesis;
    private final DynamoDbAsyncClient dynamoDb;
    private final String stream;
    private final TableNames tables;
    private final AsyncLoadingCache<String, Map<String, Boolean>> kept;

    ReadinessProbe(
            KinesisAsyncClient kinesis,
            DynamoDbAsyncClient dynamoDb,
            @Property(name = "sluice.stream.name", defaultValue = Names.EVENTS_STREAM)
                    String stream,
            TableNames tables) {
        this.kinesis = kinesis;
        this.dynamoDb = dynamoDb;
        this.stream = stream;
        this.tables = tables;
        this.kept =
                Caffeine.newBuilder().expireAfterWrite(KEPT).buildAsync((key, executor) -> ask());
    }

    /** Each part by name, and whether it can work. */
    CompletableFuture<Map<String, Boolean>> parts() {
        return kept.get("parts");
    }

    private CompletableFuture<Map<String, Boolean>> ask() {
        CompletableFuture<Boolean> streamReady =
                bounded(
                        "kinesis",
                        kinesis.describeStreamSummary(b -> b.streamName(stream))
                                .thenApply(
                                        r -> isOpen(r.streamDescriptionSummary().streamStatus())));
        CompletableFuture<Boolean> tablesReady =
                bounded(
                        "dynamodb",
                        table(tables.requests())
                                .thenCombine(table(tables.usage()), Boolean::logicalAnd)
                                .thenCombine(table(tables.tenants()), Boolean::logicalAnd)
                                .thenCombine(table(tables.idempotency()), Boolean::logicalAnd)
                                .thenCombine(table(tables.batches()), Boolean::logicalAnd)
                                .thenCombine(table(tables.sessions()), Boolean::logicalAnd)
                                .thenCombine(table(tables.deadLetters()), Boolean::logicalAnd));
        return streamReady.thenCombine(
                tablesReady,
                (kinesisUp, dynamoDbUp) ->
                        new TreeMap<>(Map.of("kinesis", kinesisUp, "dynamodb", dynamoDbUp)));
    }

    private CompletableFuture<Boolean> table(String name) {
        return dynamoDb.describeTable(b -> b.tableName(name))
                .thenApply(
                        r ->
                                r.table().tableStatus() == TableStatus.ACTIVE
                                        || r.table().tableStatus() == TableStatus.UPDATING);
    }

    private static boolean isOpen(StreamStatus status) {
        return status == StreamStatus.ACTIVE || status == StreamStatus.UPDATING;
    }

    private static CompletableFuture<Boolean> bounded(
            String part, CompletableFuture<Boolean> answer) {
        return answer.orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(
                        failure -> {
                            LOG.warn("not ready: {} does not answer: {}", part, failure.toString());
                            return false;
                        });
    }
}
