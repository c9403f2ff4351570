package io.sluice.local.command.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Steady submissions of several tenants over HTTP; remembers every id that was acknowledged.
 * Seeded.
 */
final class Traffic implements AutoCloseable {
    private static final List<String> MODELS =
            List.of("amazon.nova-micro-v1:0", "anthropic.claude-haiku-4-5-20251001-v1:0");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Long> unavailableAtNanos = ConcurrentHashMap.newKeySet();
    private final URI requests;
    private final List<String> keys;
    private final Random random;

    /** Traffic of these keys' tenants to the API at that base address. */
    Traffic(String api, Map<String, String> keys, long seed) {
        this.requests = URI.create(api + "/v1/requests");
        this.keys = List.copyOf(keys.values());
        this.random = new Random(seed);
    }

    /** Submits at that rate until closed. */
    void start(int perSecond) {
        long periodMicros = 1_000_000L / perSecond;
        var unused =
                clock.scheduleAtFixedRate(this::submit, 0, periodMicros, TimeUnit.MICROSECONDS);
    }

    /** The ids that the API acknowledged with 202. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** When each answer 503 came, by {@link System#nanoTime()}. */
    Set<Long> unavailableAtNanos() {
        return Set.copyOf(unavailableAtNanos);
    }

    private void submit() {
        String key = keys.get(random.nextInt(keys.size()));
        String body =
                "{\"model\":\""
                        + MODELS.get(random.nextInt(MODELS.size()))
                        + "\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"question "
                        + question()
                        + "\"}]}";
        HttpRequest request =
                HttpRequest.newBuilder(requests)
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        // Refused connections are part of the game: only acknowledged requests are owed an answer.
        var unused =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .thenAccept(
                                response -> {
                                    if (response.statusCode() == 202) {
                                        acknowledged.add(Json.text(response.body(), "id"));
                                    } else if (response.statusCode() == 503) {
                                        unavailableAtNanos.add(System.nanoTime());
                                    }
                                });
    }

    /**
     * One in four of a few that many ask, so that some are served or coalesced; the rest asked
     * once.
     */
    private int question() {
        return random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
