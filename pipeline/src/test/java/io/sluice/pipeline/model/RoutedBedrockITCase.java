package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.admitted;
import static io.sluice.pipeline.model.Requests.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.local.bedrock.BedrockServer;
import io.sluice.local.bedrock.Behavior;
import io.sluice.local.bedrock.Fault;
import io.sluice.local.bedrock.LatencyMillis;
import io.sluice.local.bedrock.Settings;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.LaneBounds;
import io.sluice.pipeline.model.schedule.TargetHealth;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import io.sluice.sinks.aws.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes over faulty models of the embedded Bedrock, through the unmodified SDK. */
class RoutedBedrockITCase {
    private static final String FINE = "amazon.nova-micro-v1:0";
    private static final String THROTTLED = "amazon.nova-lite-v1:0";
    private static final String DOWN = "amazon.nova-pro-v1:0";
    private static final String BROKEN = "amazon.nova-premier-v1:0";
    private static final String SILENT = "anthropic.claude-haiku-4-5-20251001-v1:0";
    private static final String PICKY = "anthropic.claude-3-5-haiku-20241022-v1:0";
    private static final Duration AMPLE = Duration.ofMinutes(2);
    private static BedrockServer bedrock;

    private final SystemInvokerClock clock = new SystemInvokerClock();

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        System.setProperty("aws.accessKeyId", "sluice");
        System.setProperty("aws.secretAccessKey", "sluice");
        List<Behavior> behaviors =
                List.of(
                        failing(THROTTLED, Fault.THROTTLING),
                        failing(DOWN, Fault.SERVICE_UNAVAILABLE),
                        failing(BROKEN, Fault.INTERNAL_SERVER),
                        failing(PICKY, Fault.VALIDATION),
                        new Behavior(SILENT, LatencyMillis.NONE, 0, 0, 0, null, 0, 1, 0));
        bedrock = BedrockServer.start(new Settings(dir, 0, behaviors));
    }

    @AfterAll
    static void stop() throws Exception {
        bedrock.close();
    }

    private static Behavior failing(String model, Fault fault) {
        return new Behavior(model, LatencyMillis.NONE, 0, 0, 0, fault, 1, 0, 0);
    }

    private ModelCaller caller() {
        return caller(AMPLE);
    }

    private ModelCaller caller(Duration longestGeneration) {
        CallScheduler<Invocation> none =
                new CallScheduler<>(
                        new LaneBounds(1, 1, 1, 1),
                        new LaneBounds(1, 1, 1, 1),
                        1,
                        TargetSettings.WIDE.capacitiesOf(0, 1));
        AwsAccess access =
                AwsAccess.of(
                        AwsService.BEDROCK_RUNTIME, "us-east-1", bedrock.endpoint().toString());
        Breakers breakers =
                new Breakers(
                        new BreakerSettings(3, 6, Duration.ofHours(1), Duration.ofHours(1), 1),
                        1,
                        (place, circuit) -> {});
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), none, clock::millis);
        Backoff backoff = new Backoff(10, 20, bound -> bound - 1);
        return Callers.of(
                BedrockModelClient.at(access, longestGeneration).open(10),
                Ledgers.of(new ScriptedAttemptStore(), "run-1", clock, backoff, metrics),
                breakers,
                3,
                clock,
                backoff,
                metrics);
    }

    private ResultItem answer(ModelCaller caller, String id, Route route) {
        long now = clock.millis();
        AdmittedRequest request =
                routed(admitted("acme", id, model(route), now + 600_000, 9), route, null);
        Invocation invocation =
                new Invocation(request, caller.firstPlaces(request), new NoCompletion(), now);
        invocation.startedAt(now);
        CompletableFuture<ResultItem> end = new CompletableFuture<>();
        caller.call(
                invocation,
                new OpenPlace(clock, TargetHealth.ALL_CALLABLE, invocation),
                end::complete);
        return end.join();
    }

    private static String model(Route route) {
        return route.candidates().get(0).target().model();
    }

    private static Route route(@Nullable String cheaper, String... models) {
        List<Candidate> candidates =
                List.of(models).stream()
                        .map(
                                model ->
                                        new Candidate(
                                                Target.of(model, "us-west-2", ServiceTier.FLEX),
                                                List.of(models).indexOf(model),
                                                1,
                                                TargetQuota.ofModel(model)))
                        .toList();
        return new Route(candidates, 0, cheaper == null ? null : Candidate.of(Target.of(cheaper)));
    }

    @ParameterizedTest
    @CsvSource({THROTTLED, DOWN, BROKEN})
    void nextTargetAnswersInItsRegionAndTier(String faulty) {
        try (ModelCaller caller = caller()) {
            ResultItem item = answer(caller, "r1", route(null, faulty, FINE));

            assertThat(item.status()).isEqualTo(ResultStatus.SUCCEEDED);
            assertThat(item.model()).isEqualTo(FINE);
            assertThat(item.region()).isEqualTo("us-west-2");
            assertThat(item.serviceTier()).isEqualTo(ServiceTier.FLEX);
            assertThat(item.attempt()).isEqualTo(2);
            assertThat(item.costPicoUsd()).isPositive();
        }
    }

    @Test
    void silentTargetIsGivenUpAndTheNextOneAnswers() {
        try (ModelCaller first = caller();
                ModelCaller impatient = caller(Duration.ofSeconds(3))) {
            // Whatever the SDK does once only is done by now, so that three seconds are ample.
            answer(first, "r0", route(null, FINE));

            ResultItem item = answer(impatient, "r1", route(null, SILENT, FINE));

            assertThat(item.model()).isEqualTo(FINE);
            assertThat(item.attempt()).isEqualTo(2);
        }
    }

    @Test
    void refusedPromptIsNotSentElsewhere() {
        try (ModelCaller caller = caller()) {
            ResultItem item = answer(caller, "r1", route(FINE, PICKY, FINE));

            assertThat(item.decision().reason()).isEqualTo("model-error");
            assertThat(item.attempt()).isEqualTo(1);
        }
    }

    @Test
    void circuitOfABrokenModelOpensAndThenNobodyWaitsForIt() {
        try (ModelCaller caller = caller()) {
            assertThat(answer(caller, "r1", route(null, BROKEN)).attempt()).isEqualTo(3);

            ResultItem refused = answer(caller, "r2", route(null, BROKEN));
            assertThat(refused.decision().reason()).isEqualTo("unavailable");
            assertThat(refused.attempt()).isZero();
            assertThat(refused.decision().retryAfterMillis()).isGreaterThan(3_000_000);

            ResultItem cheaper = answer(caller, "r3", route(FINE, BROKEN));
            assertThat(cheaper.model()).isEqualTo(FINE);
            assertThat(cheaper.region()).isEqualTo("us-east-1");
        }
    }

    private static final class NoCompletion implements Invocation.Completion {
        @Override
        public void done(CallEnd end) {}

        @Override
        public void failed(Throwable failure) {}
    }
}
