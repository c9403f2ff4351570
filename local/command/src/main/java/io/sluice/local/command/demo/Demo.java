package io.sluice.local.command.demo;

import io.sluice.local.command.api.Reply;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.data.Keys;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Sends a schedule of requests through the API, whatever the answers are, and counts them. */
public final class Demo {
    private static final int WAIT_SECONDS = 30;
    private static final int ACCEPTED = 202;
    private static final int STANDARD_SECONDS = 60;
    private static final int STANDARD_RATE = 10;

    private final SluiceApi api;
    private final Keys keys;
    private final List<DemoRequest> requests;

    /**
     * @param seconds how long requests are sent
     * @param requestsPerSecond on average, over all tenants
     * @param seed the same gives the same traffic
     */
    public Demo(Endpoints endpoints, Keys keys, int seconds, int requestsPerSecond, long seed) {
        this.api = new SluiceApi(SluiceApi.client(), endpoints.api(), "");
        this.keys = keys;
        this.requests = Traffic.of(seconds, requestsPerSecond, seed);
    }

    /** A minute at ten requests a second. */
    public static Demo standard(Endpoints endpoints, Keys keys) {
        return new Demo(endpoints, keys, STANDARD_SECONDS, STANDARD_RATE, System.nanoTime());
    }

    /** Sends everything and waits for all answers; progress goes to standard error. */
    public DemoReport run() {
        DemoReport report = new DemoReport();
        try (ProgressBar bar = bar()) {
            CompletableFuture.allOf(
                            requests.stream()
                                    .map(request -> send(request, report, bar))
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        return report;
    }

    /** Sends a request when it is due; completes when it is counted, whatever became of it. */
    private CompletableFuture<Void> send(DemoRequest request, DemoReport report, ProgressBar bar) {
        CompletableFuture<Boolean> due = new CompletableFuture<>();
        return due.completeOnTimeout(true, request.atMillis(), TimeUnit.MILLISECONDS)
                .thenComposeAsync(isDue -> answer(request))
                .handle(
                        (reply, failure) -> {
                            if (failure == null) {
                                report.add(request.tenant(), reply);
                            } else {
                                report.addUnreachable(request.tenant(), "no connection");
                            }
                            bar.step();
                            return null;
                        });
    }

    private CompletableFuture<Reply> answer(DemoRequest request) {
        SluiceApi tenant = api.withKey(keys.tenants().getOrDefault(request.tenant(), ""));
        return tenant.submit(request.body(), WAIT_SECONDS)
                .thenCompose(
                        reply ->
                                reply.status() == ACCEPTED
                                        ? tenant.read(
                                                reply.body().path("id").asText(), WAIT_SECONDS)
                                        : CompletableFuture.completedFuture(reply));
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName("demo")
                .setInitialMax(requests.size())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .build();
    }
}
