package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an acknowledgement is worth when the stream refuses and throttles. */
@ExtendWith(SharedAws.class)
class StreamFaultsITCase {
    private static final String THROTTLED = "ProvisionedThroughputExceededException";

    static RunningIngress ingress;
    static EngineByHand engine;
    static String key;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        engine = new EngineByHand(ingress.aws());
        key = ingress.newTenant("faults", "enterprise");
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
        return engine.events("faults").stream().map(Event::eventId).toList();
    }
}
