package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.Target;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PromptPayload;
import io.sluice.contract.json.SealedText;
import io.sluice.contract.json.TurnPayload;
import io.sluice.objects.key.KeyPlace;
import io.sluice.objects.key.MasterKeyFile;
import io.sluice.objects.seal.PayloadVault;
import io.sluice.sinks.aws.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts are open for the model alone, and only for their own request and tenant. */
class SealedPayloadClientTest {
    private static final long DEADLINE = Requests.NOW + 60_000;
    private static final String PROMPT = PromptPayload.ofUserText("what is it?", 64);
    private static final String ANSWER = AnswerPayload.ofText("hello", "end_turn");

    @TempDir Path folder;

    private final HastyClock clock = new HastyClock();
    private final ScriptedModelClient model = new ScriptedModelClient();
    private PayloadVault ingress;
    private SealedPayloadClient client;

    @BeforeEach
    void open() throws IOException {
        MasterKeyFile.createIfMissing(folder.resolve("master.key"));
        ingress = vault();
        client = client(vault());
    }

    @AfterEach
    void close() {
        ingress.close();
        client.close();
    }

    private PayloadVault vault() {
        return new PayloadVault(
                KeyPlace.open(
                        folder.resolve("tenants").toString(),
                        folder.resolve("master.key").toString(),
                        UnaryOperator.identity(),
                        clock::millis));
    }

    private SealedPayloadClient client(@Nullable PayloadVault vault) {
        return new SealedPayloadClient(model, vault, clock, new Backoff(100, 100, b -> b - 1));
    }

    @Test
    void theModelSeesThePromptAndEverybodyElseASealedAnswer() {
        ModelReply reply = done(client.converse(call("acme", "req_1", sealed("acme", "req_1"))));
        assertThat(model.calls.get(0).payload()).isEqualTo(PROMPT);
        assertThat(SealedText.isSealed(reply.payload())).isTrue();
        assertThat(AnswerPayload.stopReason(reply.payload())).isEqualTo("end_turn");
        assertThat(done(ingress.open("acme", PayloadKind.ANSWER, "req_1", reply.payload())))
                .isEqualTo(ANSWER);
    }

    @Test
    void whatCameInTheClearIsAnsweredInTheClear() {
        assertThat(done(client.converse(call("acme", "req_1", PROMPT))).payload())
                .isEqualTo(ANSWER);
    }

    @Test
    void aPromptOfAnotherRequestOrTenantIsNotSent() {
        assertLost(client, call("acme", "req_2", sealed("acme", "req_1")));
        assertLost(client, call("evil", "req_1", sealed("acme", "req_1")));
        String answer =
                done(client.converse(call("acme", "req_1", sealed("acme", "req_1")))).payload();
        assertLost(client, call("acme", "req_1", answer));
        assertThat(model.calls).hasSize(1);
    }

    @Test
    void turnsOfEarlierRequestsAreOpenedAndNothingOfAnotherTenant() {
        String first = sealed("acme", "req_1");
        String answer = done(client.converse(call("acme", "req_1", first))).payload();
        String turn = TurnPayload.of(first, answer);
        done(client.converse(call("acme", "req_2", sealed("acme", "req_2"), turn)));
        assertThat(model.calls.get(1).earlierTurns())
                .containsExactly(TurnPayload.of(PROMPT, ANSWER));
        assertLost(client, call("evil", "req_3", sealed("evil", "req_3"), turn));
    }

    @Test
    void withoutKeysASealedPromptIsLost() {
        try (SealedPayloadClient none = client(null)) {
            assertLost(none, call("acme", "req_1", sealed("acme", "req_1")));
        }
    }

    @Test
    void whatWasSealedWithADestroyedKeyIsLost() {
        String sealed = sealed("acme", "req_1");
        done(ingress.destroyKeys("acme"));
        assertLost(client, call("acme", "req_1", sealed));
    }

    @Test
    void whileTheKeyCannotBeReadThePromptIsTriedUntilItsDeadline() throws IOException {
        String sealed = sealed("acme", "req_1");
        Path key;
        try (Stream<Path> keys = Files.list(folder.resolve("tenants/acme"))) {
            key = keys.findFirst().orElseThrow();
        }
        String stored = Files.readString(key);
        Files.writeString(key, stored.replace("local:", "other:"));
        CompletableFuture<ModelReply> late = client.converse(call("acme", "req_1", sealed));
        await().until(() -> clock.alarms.get() > 3);
        assertThat(late).isNotDone();
        clock.nowMillis.set(DEADLINE);
        assertThat(failureOf(late)).isEqualTo(ModelFailure.PROMPT_LATE);
        clock.nowMillis.set(Requests.NOW);
        CompletableFuture<ModelReply> inTime = client.converse(call("acme", "req_1", sealed));
        Files.writeString(key, stored);
        assertThat(SealedText.isSealed(done(inTime).payload())).isTrue();
    }

    private String sealed(String tenantId, String requestId) {
        return done(ingress.sealPrompt(tenantId, 1, requestId, PROMPT));
    }

    private static ModelCall call(
            String tenantId, String requestId, String payload, String... turns) {
        return new ModelCall(
                tenantId, requestId, Target.of(Requests.MODEL), List.of(turns), payload, DEADLINE);
    }

    private static void assertLost(SealedPayloadClient client, ModelCall call) {
        assertThat(failureOf(client.converse(call))).isEqualTo(ModelFailure.PAYLOAD_LOST);
    }

    private static ModelFailure failureOf(CompletableFuture<ModelReply> reply) {
        Throwable failure = catchThrowable(() -> done(reply));
        assertThat(failure).hasCauseInstanceOf(ModelException.class);
        assertThat(failure.getMessage()).doesNotContain("what is it?");
        return ((ModelException) failure.getCause()).failure();
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Time moved by hand; alarms go off at once, on another thread. */
    private static final class HastyClock implements InvokerClock {
        private static final long serialVersionUID = 1L;

        private final AtomicLong nowMillis = new AtomicLong(Requests.NOW);
        private final AtomicInteger alarms = new AtomicInteger();

        @Override
        public long millis() {
            return nowMillis.get();
        }

        @Override
        public void after(long delayMillis, Runnable work) {
            alarms.incrementAndGet();
            CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(work);
        }
    }
}
