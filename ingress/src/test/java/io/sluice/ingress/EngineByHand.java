package io.sluice.ingress;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Decision;
import io.sluice.contract.Event;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.AttemptItemJson;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.ingress.aws.Items;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Stands where the job is: reads the stream and stores results, when the test says so. */
final class EngineByHand {
    private final LocalAws aws;
    private final List<String> iterators = new ArrayList<>();
    private final List<Event> seen = new CopyOnWriteArrayList<>();

    EngineByHand(LocalAws aws) {
        this.aws = aws;
    }

    /** Every event of a tenant, in the order of its shard. */
    List<Event> events(String tenantId) {
        readOn();
        return seen.stream().filter(e -> e.tenantId().equals(tenantId)).toList();
    }

    private synchronized void readOn() {
        var kinesis = aws.kinesisClient();
        if (iterators.isEmpty()) {
            kinesis.listShards(b -> b.streamName(Names.EVENTS_STREAM))
                    .join()
                    .shards()
                    .forEach(
                            shard ->
                                    iterators.add(
                                            kinesis.getShardIterator(
                                                            b ->
                                                                    b.streamName(
                                                                                    Names
                                                                                            .EVENTS_STREAM)
                                                                            .shardId(
                                                                                    shard.shardId())
                                                                            .shardIteratorType(
                                                                                    ShardIteratorType
                                                                                            .TRIM_HORIZON))
                                                    .join()
                                                    .shardIterator()));
        }
        for (int i = 0; i < iterators.size(); i++) {
            GetRecordsResponse page;
            do {
                page = page(iterators.get(i));
                page.records().forEach(r -> seen.add(EventJson.read(r.data().asByteArray())));
                iterators.set(i, page.nextShardIterator());
            } while (!page.records().isEmpty());
        }
    }

    /** A page; reading faster than a shard allows is tried again. */
    private GetRecordsResponse page(String iterator) {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(
                        () -> aws.kinesisClient().getRecords(b -> b.shardIterator(iterator)).join(),
                        Objects::nonNull);
    }

    /** The requests among them. */
    List<RequestEvent> requests(String tenantId) {
        return events(tenantId).stream()
                .filter(RequestEvent.class::isInstance)
                .map(RequestEvent.class::cast)
                .toList();
    }

    /** The request of an id, whoever's it is. */
    RequestEvent request(String id) {
        readOn();
        return seen.stream()
                .filter(e -> e.eventId().equals(id))
                .map(RequestEvent.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not on the stream: " + id));
    }

    /** Claims the first attempt of a request, as the job does before it calls the model. */
    void claim(RequestEvent event) {
        long now = event.facts().receivedAtMillis();
        AttemptItem claim =
                AttemptItem.builder()
                        .tenantId(event.tenantId())
                        .requestId(event.eventId())
                        .attempt(1)
                        .runId("1.by-hand")
                        .target(event.facts().model())
                        .model(event.facts().model())
                        .claimedAtMillis(now)
                        .endsByMillis(now + 300_000)
                        .expiresAtSeconds(now / 1_000 + AttemptItem.RETENTION_SECONDS)
                        .build();
        aws.dynamoDbClient()
                .putItem(
                        b ->
                                b.tableName(Names.ATTEMPTS_TABLE)
                                        .item(Items.attributes(AttemptItemJson.write(claim))))
                .join();
    }

    void store(ResultItem item) {
        aws.dynamoDbClient()
                .putItem(
                        b ->
                                b.tableName(Names.REQUESTS_TABLE)
                                        .item(Items.attributes(ResultItemJson.write(item))))
                .join();
    }

    ResultItem succeeded(RequestEvent event) {
        long now = event.facts().receivedAtMillis();
        return ResultItem.builder()
                .tenantId(event.tenantId())
                .requestId(event.eventId())
                .status(ResultStatus.SUCCEEDED)
                .decision(
                        Decision.builder()
                                .outcome(Verdict.INVOKED)
                                .retryAfterMillis(-1)
                                .limits(
                                        List.of(
                                                LimitStatus.builder()
                                                        .name(Names.REQUESTS_PER_MINUTE)
                                                        .limit(10)
                                                        .remaining(9)
                                                        .resetMillis(59_001)
                                                        .build()))
                                .policyVersion(1)
                                .decidedAtMillis(now)
                                .seq(1)
                                .build())
                .output(AnswerPayload.ofText("Hello", "end_turn"))
                .usage(Usage.of(1, 1))
                .costPicoUsd(175_000)
                .priceVersion("p1")
                .model(event.facts().model())
                .endpoint(event.facts().labels().endpoint())
                .attempt(1)
                .latencyMillis(12)
                .receivedAtMillis(now)
                .finishedAtMillis(now + 12)
                .expiresAtSeconds(now / 1_000 + ResultItem.RETENTION_SECONDS)
                .build();
    }

    ResultItem rejected(RequestEvent event, String reason) {
        ResultItem good = succeeded(event);
        return good.toBuilder()
                .status(ResultStatus.REJECTED)
                .output(null)
                .decision(
                        good.decision().toBuilder()
                                .outcome(Verdict.REJECTED)
                                .reason(reason)
                                .retryAfterMillis(30_000)
                                .build())
                .build();
    }

    ResultItem cancelled(RequestEvent event) {
        ResultItem good = succeeded(event);
        return good.toBuilder()
                .status(ResultStatus.CANCELLED)
                .output(null)
                .decision(good.decision().toBuilder().reason(Names.CANCELLED).build())
                .build();
    }
}
