package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.Isolation;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.local.bedrock.BedrockServer;
import io.sluice.local.bedrock.Settings;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.LaneBounds;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import io.sluice.sinks.result.ResultStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that refuses what is beyond its quota, through the unmodified SDK and the real clock. */
class ThrottledModelITCase {
    private static final int REQUESTS = 12;

    @Test
    void everyRequestIsAnsweredOnceAlthoughTheModelTakesFewASecond(@TempDir Path dir)
            throws Exception {
        System.setProperty("aws.accessKeyId", "sluice");
        System.setProperty("aws.secretAccessKey", "sluice");
        Ends ends = new Ends();
        try (BedrockServer bedrock = BedrockServer.start(Settings.in(dir))) {
            steer(
                    bedrock,
                    "PUT",
                    "/_local/quota",
                    "{\"model\":\"*\",\"requests_per_minute\":120,\"burst_seconds\":1}");
            try (ModelInvoker invoker = invoker(bedrock)) {
                long deadline = System.currentTimeMillis() + 120_000;
                for (int i = 0; i < REQUESTS; i++) {
                    invoker.submit(
                            Requests.admitted("t" + i % 5, "r" + i, Requests.MODEL, deadline, 20),
                            ends);
                }
                await().atMost(Duration.ofMinutes(2)).until(() -> ends.done.size() == REQUESTS);
            }
            assertThat(ends.done)
                    .allMatch(end -> end.facts().status() == OutcomeStatus.SUCCEEDED)
                    .extracting(end -> end.facts().requestId())
                    .doesNotHaveDuplicates();
            assertThat(steer(bedrock, "GET", "/_local/calls", ""))
                    .contains("\"calls\":" + REQUESTS + ",")
                    .doesNotContain("\"throttled\":0,");
        }
    }

    private static ModelInvoker invoker(BedrockServer bedrock) {
        LaneBounds bounds = new LaneBounds(50, 1 << 20, 100, 1 << 20);
        InvokerClock clock = new SystemInvokerClock();
        CallScheduler<Invocation> scheduler =
                new CallScheduler<>(bounds, bounds, 5_000, TargetSettings.WIDE.capacitiesOf(0, 1));
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), scheduler, clock::millis);
        Backoff backoff = new Backoff(50, 200, Jitter.random());
        FinalResults results = new FinalResults(PriceBookJson.shipped());
        ModelClient client =
                BedrockModelClient.at(
                                AwsAccess.of(
                                        AwsService.BEDROCK_RUNTIME,
                                        "us-east-1",
                                        bedrock.endpoint().toString()),
                                Duration.ofSeconds(20))
                        .open(50);
        return new ModelInvoker(
                Callers.of(
                        client,
                        Ledgers.of(new ScriptedAttemptStore(), "run-1", clock, backoff, metrics),
                        Callers.breakers(),
                        100,
                        clock,
                        backoff,
                        metrics),
                results,
                scheduler,
                new ResultWriter(new KeepsNothing(), clock, backoff, metrics),
                clock,
                metrics,
                false);
    }

    private static String steer(BedrockServer bedrock, String method, String path, String body)
            throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(bedrock.endpoint() + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Every result is the first and stands. */
    private static final class KeepsNothing implements ResultStore {
        @Override
        public CompletableFuture<ResultItem> putFinal(ResultItem item) {
            return CompletableFuture.completedFuture(item);
        }

        @Override
        public CompletableFuture<Optional<ResultItem>> find(
                String tenantId, String requestId, Isolation isolation) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void close() {}
    }

    /** Collects ends from any thread. */
    private static final class Ends implements Invocation.Completion {
        private final Queue<OutcomeEvent> done = new ConcurrentLinkedQueue<>();

        @Override
        public void done(CallEnd end) {
            done.add(end.outcome());
        }

        @Override
        public void failed(Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
