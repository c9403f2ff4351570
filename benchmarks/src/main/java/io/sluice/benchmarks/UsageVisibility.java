package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * How soon after its answer a call's tokens stand in {@code GET /v1/usage}. Each tenant asks, waits
 * for the answer and then reads its usage until the answer's tokens are in it, over and over.
 */
final class UsageVisibility {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double P95_MILLIS = 2_000;
    private static final long READ_EVERY_MILLIS = 25;
    private static final long GIVE_UP_MILLIS = 60_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String api;
    private final List<LoadGenerator.Tenant> tenants;
    private final Supplier<String> questions;

    UsageVisibility(String api, List<LoadGenerator.Tenant> tenants, Supplier<String> questions) {
        this.api = api;
        this.tenants = tenants;
        this.questions = questions;
    }

    /** All tenants at once. */
    List<Row> measure(int warmUpSeconds, int seconds) throws IOException, InterruptedException {
        long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        Histogram all = new Histogram(3);
        for (Histogram one : atOnce(begin, end)) {
            all.add(one);
        }
        double p95 = all.getValueAtPercentile(95) / 1e3;
        return List.of(
                new Row(
                        "from the answer to its tokens in `GET /v1/usage`, "
                                + tenants.size()
                                + " tenants asking in turn, read each "
                                + READ_EVERY_MILLIS
                                + " ms",
                        "p95 ≤ 2 s",
                        String.format(
                                Locale.ROOT,
                                "p50 %.0f ms, p95 %.0f ms, max %.0f ms of %d answers, %.1f a second",
                                all.getValueAtPercentile(50) / 1e3,
                                p95,
                                all.getMaxValue() / 1e3,
                                all.getTotalCount(),
                                (double) all.getTotalCount() / seconds),
                        Row.Verdict.of(all.getTotalCount() > 0 && p95 <= P95_MILLIS)));
    }

    private List<Histogram> atOnce(long begin, long end) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(tenants.size());
        try {
            List<Callable<Histogram>> askers = new ArrayList<>();
            tenants.forEach(tenant -> askers.add(() -> ask(tenant, begin, end)));
            List<Histogram> measured = new ArrayList<>();
            for (Future<Histogram> asker : threads.invokeAll(askers)) {
                measured.add(asker.get());
            }
            return measured;
        } catch (ExecutionException e) {
            throw new IOException("a tenant could not ask", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram ask(LoadGenerator.Tenant tenant, long begin, long end)
            throws IOException, InterruptedException {
        Histogram micros = new Histogram(3);
        long before = outputTokens(tenant);
        while (System.nanoTime() < end) {
            JsonNode item = send(question(tenant));
            long answered = System.nanoTime();
            before += item.path("usage").path("output_tokens").asLong();
            while (outputTokens(tenant) < before) {
                if (System.nanoTime() - answered > TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MILLIS)) {
                    throw new IOException("not in the usage within " + GIVE_UP_MILLIS + " ms");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(READ_EVERY_MILLIS));
            }
            if (answered >= begin) {
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - answered));
            }
        }
        return micros;
    }

    private long outputTokens(LoadGenerator.Tenant tenant)
            throws IOException, InterruptedException {
        HttpRequest.Builder usage =
                HttpRequest.newBuilder(URI.create(api + "/v1/usage?granularity=day"));
        return send(usage.header("Authorization", "Bearer " + tenant.key()).build())
                .path("totals")
                .path("output_tokens")
                .asLong();
    }

    private HttpRequest question(LoadGenerator.Tenant tenant) {
        String body;
        synchronized (questions) {
            body = questions.get();
        }
        return HttpRequest.newBuilder(URI.create(api + "/v1/requests"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + tenant.key())
                .header("Prefer", "wait=20")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri().getPath() + ": " + answer.statusCode());
        }
        return MAPPER.readTree(answer.body());
    }
}
