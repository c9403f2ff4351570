package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Names;
import io.sluice.contract.json.EventJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What an acknowledgement is worth when the stream refuses and throttles. */
class StreamFaultsITCase {
    private static final String THROTTLED = "ProvisionedThroughputExceededException";

    @TempDir static Path dir;
    static RunningIngress ingress;
    static String key;

    @BeforeAll
    static void start() throws Exception {
        ingress = RunningIngress.start(dir);
        key = ingress.newTenant("acme", "enterprise");
    }

    @AfterAll
    static void stop() throws Exception {
        ingress.close();
    }

    @Test
    void everyAcknowledgedRequestIsStoredThoughRecordsAndCallsFail() {
        Set<String> acknowledged = new HashSet<>();
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 5; round++) {
                ingress.aws().kinesis().faults().failNextRecords(7, THROTTLED);
                ingress.aws().kinesis().faults().failNextCalls("PutRecords", 2, "InternalFailure");
                List<CompletableFuture<String>> submits = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    submits.add(CompletableFuture.supplyAsync(this::submit, clients));
                }
                submits.forEach(s -> acknowledged.add(s.join()));
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(acknowledged).hasSize(200);
        assertThat(stored()).containsAll(acknowledged);
    }

    @Test
    void requestSubmittedAfterAnAcknowledgedOneIsStoredAfterIt() {
        List<String> inOrder = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (i % 4 == 0) {
                ingress.aws().kinesis().faults().failNextRecords(1, THROTTLED);
            }
            inOrder.add(submit());
        }
        List<String> stored = new ArrayList<>(stored());
        stored.retainAll(inOrder);
        assertThat(stored).isEqualTo(inOrder);
    }

    private String submit() {
        RunningIngress.Answer answer =
                ingress.send(
                        "POST",
                        "/v1/requests",
                        key,
                        "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.json().get("id").textValue();
    }

    /** Ids in the order of the one shard that the tenant's records are on. */
    private static List<String> stored() {
        var kinesis = ingress.aws().kinesisClient();
        List<String> ids = new ArrayList<>();
        for (var shard :
                kinesis.listShards(b -> b.streamName(Names.EVENTS_STREAM)).join().shards()) {
            String iterator =
                    kinesis.getShardIterator(
                                    b ->
                                            b.streamName(Names.EVENTS_STREAM)
                                                    .shardId(shard.shardId())
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .join()
                            .shardIterator();
            kinesis.getRecords(b -> b.shardIterator(iterator))
                    .join()
                    .records()
                    .forEach(r -> ids.add(EventJson.read(r.data().asByteArray()).eventId()));
        }
        return ids;
    }
}
