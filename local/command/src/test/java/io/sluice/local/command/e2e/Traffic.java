package io.sluice.local.command.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Steady submissions of several tenants over HTTP; remembers every id that was acknowledged.
 * Seeded.
 */
final class Traffic implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Long> unavailableAtNanos = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Cancellable> cancellable = new ConcurrentLinkedDeque<>();
    private final List<String> surprises = new ArrayList<>();
    private final URI requests;
    private final List<String> keys;
    private final Questions questions;
    private final Random random;
    private final Set<Integer> expected = Set.of(202, 429, 500, 503);
    private int cancelOneIn;

    /** Traffic of the tenants of these keys to the API at that base address. */
    Traffic(String api, Collection<String> keys, Questions questions, long seed) {
        this.requests = URI.create(api + "/v1/requests");
        this.keys = List.copyOf(keys);
        this.questions = questions;
        this.random = new Random(seed);
    }

    /** Withdraws one of so many acknowledged requests, a little later; none by default. */
    Traffic cancelOneIn(int many) {
        cancelOneIn = many;
        return this;
    }

    /** Submits at that rate until closed. */
    void start(int perSecond) {
        long periodMicros = 1_000_000L / perSecond;
        var unused = clock.scheduleAtFixedRate(this::step, 0, periodMicros, TimeUnit.MICROSECONDS);
    }

    /** The ids that the API acknowledged with 202. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** When each answer 503 came, by {@link System#nanoTime()}. */
    Set<Long> unavailableAtNanos() {
        return Set.copyOf(unavailableAtNanos);
    }

    /** Answers to submissions by status. */
    Map<Integer, Integer> statuses() {
        return new TreeMap<>(statuses);
    }

    /** Answers to submissions that no state of the system explains. */
    List<String> surprises() {
        synchronized (surprises) {
            return List.copyOf(surprises);
        }
    }

    private void step() {
        String key = keys.get(random.nextInt(keys.size()));
        submit(key, questions.next(random));
        if (cancelOneIn > 0 && random.nextInt(cancelOneIn) == 0) {
            cancelOne();
        }
    }

    private void submit(String key, String body) {
        HttpRequest request =
                request(requests, key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        // Refused connections are part of the game: only acknowledged requests are owed an answer.
        var unused =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .thenAccept(response -> answered(key, response));
    }

    private void answered(String key, HttpResponse<String> response) {
        int status = response.statusCode();
        statuses.merge(status, 1, Integer::sum);
        if (status == 503) {
            unavailableAtNanos.add(System.nanoTime());
        }
        if (status == 202) {
            String id = Json.text(response.body(), "id");
            acknowledged.add(id);
            if (cancelOneIn > 0) {
                cancellable.add(new Cancellable(id, key));
            }
        } else if (!expected.contains(status)) {
            synchronized (surprises) {
                surprises.add(Instant.now() + " " + status + " " + response.body());
            }
        }
    }

    private void cancelOne() {
        Cancellable one = cancellable.pollLast();
        if (one != null) {
            URI request = URI.create(requests + "/" + one.id());
            var unused =
                    http.sendAsync(
                            request(request, one.key()).DELETE().build(),
                            HttpResponse.BodyHandlers.discarding());
        }
    }

    private static HttpRequest.Builder request(URI address, String key) {
        return HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + key);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private record Cancellable(String id, String key) {}
}
