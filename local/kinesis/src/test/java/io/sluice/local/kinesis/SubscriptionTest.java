package io.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;

class SubscriptionTest extends OneServer {
    private static final StartingPosition LATEST =
            StartingPosition.builder().type(ShardIteratorType.LATEST).build();
    private static final StartingPosition TRIM_HORIZON =
            StartingPosition.builder().type(ShardIteratorType.TRIM_HORIZON).build();

    @Override
    Settings settings() {
        return super.settings().withLimits(Limits.UNLIMITED);
    }

    private Subscriber subscribe(String consumer, StartingPosition from) {
        return Subscriber.start(async(), consumer, FIRST_SHARD, from);
    }

    @Test
    void secondSubscriptionIsRefusedAtFirstAndTakesOverLater() {
        create(1);
        String consumer = register("c");
        Subscriber first = subscribe(consumer, LATEST);
        await().until(() -> !first.events().isEmpty());
        assertThatThrownBy(() -> subscribe(consumer, LATEST).call().join())
                .hasCauseInstanceOf(ResourceInUseException.class);
        clock.advance(Duration.ofSeconds(5));
        Subscriber second = subscribe(consumer, LATEST);
        await().until(() -> !second.events().isEmpty());
        assertThatThrownBy(() -> first.call().join())
                .hasCauseInstanceOf(ResourceInUseException.class);
        put("a");
        await().until(() -> second.data().equals(List.of("a")));
        assertThat(first.data()).isEmpty();
    }

    @Test
    void consumersDoNotDisturbEachOther() {
        create(1);
        Subscriber one = subscribe(register("one"), LATEST);
        Subscriber two = subscribe(register("two"), LATEST);
        await().until(() -> !one.events().isEmpty() && !two.events().isEmpty());
        put("a");
        await().until(() -> one.data().size() == 1 && two.data().size() == 1);
    }

    @Test
    void droppedSubscriptionContinuesAfterItsContinuationSequenceNumber() {
        create(1);
        String consumer = register("c");
        Subscriber first = subscribe(consumer, LATEST);
        await().until(() -> !first.events().isEmpty());
        put("a");
        await().until(() -> first.data().size() == 1);
        assertThat(server.faults().dropSubscriptions()).isEqualTo(1);
        assertThatThrownBy(() -> first.call().join()).hasMessageContaining("connection");
        put("b");
        String continuation =
                first.events().get(first.events().size() - 1).continuationSequenceNumber();
        Subscriber second =
                subscribe(
                        consumer,
                        StartingPosition.builder()
                                .type(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .sequenceNumber(continuation)
                                .build());
        await().until(() -> second.data().equals(List.of("b")));
    }

    @Test
    void idleSubscriptionSendsHeartbeats() {
        create(1);
        Subscriber subscriber = subscribe(register("c"), LATEST);
        await().atMost(Duration.ofSeconds(15)).until(() -> subscriber.events().size() >= 2);
        assertThat(subscriber.data()).isEmpty();
        String shardStart = shards().get(0).sequenceNumberRange().startingSequenceNumber();
        assertThat(subscriber.events())
                .allSatisfy(e -> assertThat(e.continuationSequenceNumber()).isEqualTo(shardStart));
    }

    @Test
    void subscriptionEndsAfterFiveMinutes() {
        create(1);
        Subscriber subscriber = subscribe(register("c"), LATEST);
        await().until(() -> !subscriber.events().isEmpty());
        clock.advance(Duration.ofMinutes(5));
        await().atMost(Duration.ofSeconds(15)).until(() -> subscriber.call().isDone());
        subscriber.call().join();
        awaitSubscriptions(0);
    }

    @Test
    void backlogFromDiskArrivesCompleteAndInOrder() throws Exception {
        create(1);
        List<String> expected =
                IntStream.range(0, 40).mapToObj(i -> i + "-" + "x".repeat(200_000)).toList();
        expected.forEach(this::put);
        restart();
        put("live");
        Subscriber subscriber = subscribe(register("c"), TRIM_HORIZON);
        await().atMost(Duration.ofSeconds(20)).until(() -> subscriber.data().size() == 41);
        assertThat(subscriber.data().subList(0, 40)).isEqualTo(expected);
        assertThat(subscriber.events().get(0).millisBehindLatest()).isNotNull();
    }

    @Test
    void deletedStreamEndsItsSubscriptions() {
        create(1);
        Subscriber subscriber = subscribe(register("c"), LATEST);
        await().until(() -> !subscriber.events().isEmpty());
        assertThatThrownBy(() -> client.deleteStream(r -> r.streamName(STREAM)))
                .isInstanceOf(ResourceInUseException.class);
        client.deleteStream(r -> r.streamName(STREAM).enforceConsumerDeletion(true));
        assertThatThrownBy(() -> subscriber.call().join())
                .hasCauseInstanceOf(ResourceNotFoundException.class);
        awaitSubscriptions(0);
    }

    @Test
    void abandonedSubscriptionIsForgotten() {
        create(1);
        Subscriber subscriber = subscribe(register("c"), LATEST);
        await().until(() -> !subscriber.events().isEmpty());
        subscriber.call().cancel(true);
        awaitSubscriptions(0);
    }
}
