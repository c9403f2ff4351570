package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.ingress.RunningIngress.Answer;
import io.sluice.ingress.requestid.RequestIds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAws.class)
class CancelITCase {
    private static final String BODY =
            "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    static RunningIngress ingress;
    static EngineByHand engine;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        engine = new EngineByHand(ingress.aws());
    }

    @Test
    void wishIsACommandOnTheTenantsLogAfterTheRequest() {
        String key = ingress.newTenant("wish", "free");
        String id = submit(key);
        Answer answer = cancel(key, id);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().get("id").textValue()).isEqualTo(id);
        assertThat(answer.json().get("status").textValue()).isEqualTo("queued");
        var events = engine.events("wish");
        assertThat(events).hasSize(2);
        CommandEvent command = (CommandEvent) events.get(1);
        assertThat(command.name()).isEqualTo(Names.CANCEL_REQUEST);
        assertThat(command.subject()).isEqualTo(id);
        cancel(key, id);
        assertThat(engine.events("wish").get(2).eventId()).isEqualTo(command.eventId());
    }

    @Test
    void endedRequestIsAConflictAndNothingIsStored() {
        String key = ingress.newTenant("ended", "free");
        String id = submit(key);
        engine.store(engine.succeeded(request("ended")));
        Answer answer = cancel(key, id);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().at("/request/status").textValue()).isEqualTo("succeeded");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(engine.events("ended")).hasSize(1);
    }

    @Test
    void whoWaitsGetsTheCancelledItem() {
        String key = ingress.newTenant("waits", "free");
        String id = submit(key);
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> cancel(key, id, "Prefer", "wait=20"));
        await().until(() -> engine.events("waits").size() == 2);
        engine.store(engine.cancelled(request("waits")));
        Answer answer = waiting.join();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").textValue()).isEqualTo("cancelled");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
    }

    @Test
    void whoWaitsIsToldWhenItRanAfterAll() {
        String key = ingress.newTenant("ran", "free");
        String id = submit(key);
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> cancel(key, id, "Prefer", "wait=20"));
        await().until(() -> engine.events("ran").size() == 2);
        engine.store(engine.succeeded(request("ran")));
        assertThat(waiting.join().status()).isEqualTo(409);
    }

    @Test
    void foreignAndInventedIdsAreNotFoundAndOldOnesGone() {
        String key = ingress.newTenant("mine", "free");
        String other = ingress.newTenant("theirs", "free");
        String id = submit(key);
        assertThat(cancel(other, id).status()).isEqualTo(404);
        assertThat(cancel(key, "req_nope").status()).isEqualTo(404);
        String old =
                ingress.context()
                        .getBean(RequestIds.class)
                        .issue("mine", System.currentTimeMillis() - 90_000_000);
        await().until(() -> cancel(key, old).status() == 410); // once the retention is read
        assertThat(engine.events("theirs")).isEmpty();
    }

    private static RequestEvent request(String tenantId) {
        List<RequestEvent> requests = engine.requests(tenantId);
        return requests.get(requests.size() - 1);
    }

    private static Answer cancel(String key, String id, String... headers) {
        return ingress.send("DELETE", "/v1/requests/" + id, key, null, headers);
    }

    private static String submit(String key) {
        return ingress.send("POST", "/v1/requests", key, BODY).json().get("id").textValue();
    }
}
