package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Verdict;
import io.sluice.ingress.RunningIngress.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAws.class)
class SubmitITCase {
    private static final String BODY =
            "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                    + "\"endpoint\":\"chat\",\"metadata\":{\"cost_center\":\"cc1\"}}";

    static RunningIngress ingress;
    static EngineByHand engine;
    static String key;
    static String otherKey;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        engine = new EngineByHand(ingress.aws());
        key = ingress.newTenant("submits", "free");
        otherKey = ingress.newTenant("submits-too", "business");
    }

    @Test
    void acceptedRequestIsOnTheStreamWithItsPolicy() {
        Answer submitted =
                ingress.send(
                        "POST",
                        "/v1/requests",
                        key,
                        BODY,
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(202);
        String id = submitted.json().get("id").textValue();
        assertThat(submitted.header("Location")).isEqualTo("/v1/requests/" + id);
        assertThat(submitted.json().get("status").textValue()).isEqualTo("queued");
        RequestEvent event =
                engine.requests("submits").stream()
                        .filter(e -> e.eventId().equals(id))
                        .findFirst()
                        .orElseThrow();
        assertThat(event.tenantId()).isEqualTo("submits");
        assertThat(event.facts().policy().requestsPerMinute()).isEqualTo(10);
        assertThat(event.facts().policy().version()).isEqualTo(1);
        assertThat(event.facts().labels().costCenter()).isEqualTo("cc1");
        assertThat(event.traceparent())
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Answer read = ingress.send("GET", "/v1/requests/" + id, key, null);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().get("status").textValue()).isEqualTo("queued");
    }

    @Test
    void requestReadsRunningOnceItsCallIsClaimedAndThenItsResult() {
        String id = ingress.send("POST", "/v1/requests", key, BODY).json().get("id").textValue();
        RequestEvent event =
                engine.requests("submits").stream()
                        .filter(e -> e.eventId().equals(id))
                        .findFirst()
                        .orElseThrow();
        engine.claim(event);

        Answer running = ingress.send("GET", "/v1/requests/" + id, key, null);
        assertThat(running.status()).isEqualTo(200);
        assertThat(running.json().get("status").textValue()).isEqualTo("running");
        assertThat(running.json().size()).isEqualTo(3);

        engine.store(engine.succeeded(event).toBuilder().possibleDuplicate(true).build());
        Answer ended = ingress.send("GET", "/v1/requests/" + id, key, null);
        assertThat(ended.json().get("status").textValue()).isEqualTo("succeeded");
        assertThat(ended.json().get("possible_duplicate").booleanValue()).isTrue();
    }

    @Test
    void waitingSubmitIsAnsweredWithTheResult() {
        CompletableFuture<Answer> waiting = submitAndWait(20);
        RequestEvent event = lastUnanswered();
        engine.store(engine.succeeded(event));
        Answer answer = waiting.join();
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode item = answer.json();
        assertThat(item.get("status").textValue()).isEqualTo("succeeded");
        assertThat(item.at("/output/text").textValue()).isEqualTo("Hello");
        assertThat(item.get("cost_usd").textValue()).isEqualTo("0.000000175");
        assertThat(item.at("/decision/outcome").textValue()).isEqualTo("invoked");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
        // It ages from the decision on, by a second or two on a busy machine.
        assertThat(answer.header("RateLimit")).matches("\"requests-per-minute\";r=9;t=(60|5\\d)");
        assertThat(answer.header("RateLimit-Policy"))
                .isEqualTo("\"requests-per-minute\";q=10;w=60");
    }

    @Test
    void waitingSubmitOfARejectedRequestIsAQuotaProblem() {
        CompletableFuture<Answer> waiting = submitAndWait(20);
        ResultItem good = engine.succeeded(lastUnanswered());
        engine.store(
                good.toBuilder()
                        .status(ResultStatus.REJECTED)
                        .output(null)
                        .decision(
                                good.decision().toBuilder()
                                        .outcome(Verdict.REJECTED)
                                        .reason(Names.REQUESTS_PER_MINUTE)
                                        .retryAfterMillis(1_001)
                                        .build())
                        .build());
        Answer answer = waiting.join();
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("60"); // not before t
        assertThat(answer.header("x-should-retry")).isEqualTo("true");
        assertThat(answer.json().get("type").textValue()).endsWith("#quota-exceeded");
        assertThat(answer.json().at("/violated-policies/0").textValue())
                .isEqualTo("requests-per-minute");
        assertThat(answer.json().at("/request/status").textValue()).isEqualTo("rejected");
    }

    @Test
    void failuresOfTheModelAreBadGatewayAndShedsAreUnavailable() {
        assertThat(failedWith(Names.MODEL_ERROR)).isEqualTo(502);
        assertThat(failedWith(Names.DEADLINE)).isEqualTo(504);
        assertThat(failedWith(Names.LANE_FULL)).isEqualTo(503);
    }

    @Test
    void waitThatIsOverIsAnsweredAsAccepted() {
        Answer answer = submitAndWait(1).join();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).startsWith("/v1/requests/req_");
    }

    @Test
    void readerMayWaitToo() {
        String id = submit(key);
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(
                        () ->
                                ingress.send(
                                        "GET",
                                        "/v1/requests/" + id,
                                        key,
                                        null,
                                        "Prefer",
                                        "wait=20"));
        RequestEvent event =
                engine.requests("submits").stream()
                        .filter(e -> e.eventId().equals(id))
                        .findFirst()
                        .orElseThrow();
        engine.store(engine.succeeded(event));
        assertThat(waiting.join().json().get("status").textValue()).isEqualTo("succeeded");
    }

    @Test
    void idsOfOtherTenantsAndInventedIdsAreNotFound() {
        String id = submit(key);
        engine.store(
                engine.succeeded(
                        engine.requests("submits").stream()
                                .filter(e -> e.eventId().equals(id))
                                .findFirst()
                                .orElseThrow()));
        assertThat(ingress.send("GET", "/v1/requests/" + id, key, null).status()).isEqualTo(200);
        assertThat(ingress.send("GET", "/v1/requests/" + id, otherKey, null).status())
                .isEqualTo(404);
        char last = id.charAt(id.length() - 1);
        String invented = id.substring(0, id.length() - 1) + (last == '0' ? '1' : '0');
        assertThat(ingress.send("GET", "/v1/requests/" + invented, key, null).status())
                .isEqualTo(404);
    }

    @Test
    void listingGoesFromNewestToOldestPageByPage() {
        String lister = ingress.newTenant("lister", "free");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = submit(lister);
            ids.add(0, id);
            ResultItem item =
                    engine.succeeded(
                            engine.requests("lister").stream()
                                    .filter(e -> e.eventId().equals(id))
                                    .findFirst()
                                    .orElseThrow());
            engine.store(i == 2 ? item.toBuilder().status(ResultStatus.FAILED).build() : item);
        }
        List<String> listed = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page =
                    ingress.send("GET", "/v1/requests?limit=2" + cursor, lister, null).json();
            page.get("requests").forEach(item -> listed.add(item.get("id").textValue()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? null
                            : "&cursor=" + page.get("next_cursor").textValue();
            pages++;
        } while (cursor != null && pages < 10);
        assertThat(listed).isEqualTo(ids);
        JsonNode failed = ingress.send("GET", "/v1/requests?status=failed", lister, null).json();
        assertThat(failed.get("requests")).hasSize(1);
        assertThat(failed.at("/requests/0/id").textValue()).isEqualTo(ids.get(2));
        assertThat(
                        ingress.send("GET", "/v1/requests?from=2099-01-01", lister, null)
                                .json()
                                .get("requests"))
                .isEmpty();
        assertThat(
                        ingress.send("GET", "/v1/requests?to=2020-01-01", lister, null)
                                .json()
                                .get("requests"))
                .isEmpty();
    }

    private static int failedWith(String reason) {
        CompletableFuture<Answer> waiting = submitAndWait(20);
        ResultItem good = engine.succeeded(lastUnanswered());
        engine.store(
                good.toBuilder()
                        .status(ResultStatus.FAILED)
                        .output(null)
                        .decision(good.decision().toBuilder().reason(reason).build())
                        .build());
        Answer answer = waiting.join();
        assertThat(answer.json().at("/request/status").textValue()).isEqualTo("failed");
        return answer.status();
    }

    private static String submit(String withKey) {
        Answer answer = ingress.send("POST", "/v1/requests", withKey, BODY);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.json().get("id").textValue();
    }

    private static CompletableFuture<Answer> submitAndWait(int seconds) {
        seen = engine.requests("submits").size();
        return CompletableFuture.supplyAsync(
                () -> ingress.send("POST", "/v1/requests", key, BODY, "Prefer", "wait=" + seconds));
    }

    private static int seen;

    private static RequestEvent lastUnanswered() {
        await().until(() -> engine.requests("submits").size() > seen);
        return engine.requests("submits").stream()
                .max(java.util.Comparator.comparing(RequestEvent::eventId))
                .orElseThrow();
    }
}
