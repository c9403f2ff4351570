package io.sluice.local.kinesis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** A SubscribeToShard call that collects what it is sent. */
final class Subscriber {
    private final List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> call;

    private Subscriber(
            KinesisAsyncClient client, String consumerArn, String shardId, StartingPosition from) {
        this.call =
                client.subscribeToShard(
                        r -> r.consumerARN(consumerArn).shardId(shardId).startingPosition(from),
                        SubscribeToShardResponseHandler.builder()
                                .subscriber(
                                        event -> {
                                            if (event instanceof SubscribeToShardEvent e) {
                                                events.add(e);
                                            }
                                        })
                                .build());
        call.orTimeout(90, TimeUnit.SECONDS);
    }

    static Subscriber start(
            KinesisAsyncClient client, String consumerArn, String shardId, StartingPosition from) {
        return new Subscriber(client, consumerArn, shardId, from);
    }

    List<SubscribeToShardEvent> events() {
        return events;
    }

    List<String> data() {
        return events.stream()
                .flatMap(e -> e.records().stream())
                .map(r -> r.data().asUtf8String())
                .toList();
    }

    CompletableFuture<Void> call() {
        return call;
    }
}
