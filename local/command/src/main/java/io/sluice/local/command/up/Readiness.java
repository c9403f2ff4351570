package io.sluice.local.command.up;

import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for parts of a starting system; ends early when a part is down for good or a stop is
 * wanted.
 */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 50;

    private final CompletableFuture<String> failure;
    private final CompletableFuture<Void> stop;

    Readiness(CompletableFuture<String> failure, CompletableFuture<Void> stop) {
        this.failure = failure;
        this.stop = stop;
    }

    /**
     * The value when it is there.
     *
     * @throws FindingException when a part is down for good or it takes too long
     * @throws CancellationException when a stop is wanted
     */
    <T> T await(CompletableFuture<T> value, String what)
            throws FindingException, InterruptedException {
        try {
            CompletableFuture.anyOf(value, failure, stop)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FindingException(
                    what + " is not ready after " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new FindingException(what + " failed: " + e.getCause(), e);
        }
        check();
        return value.join();
    }

    /** Asks an address until it answers 200. */
    void awaitHealthy(HttpClient http, URI address, String what)
            throws FindingException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        String last = "no answer";
        while (System.nanoTime() < deadlineNanos) {
            try {
                var response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = "HTTP " + response.statusCode() + " " + response.body();
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            pause();
        }
        throw new FindingException(what + " is not ready: " + address + " answers " + last);
    }

    private void pause() throws FindingException, InterruptedException {
        try {
            CompletableFuture.anyOf(failure, stop).get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Neither happened: go on.
        }
        check();
    }

    private void check() throws FindingException {
        if (failure.isDone()) {
            throw new FindingException(failure.join());
        }
        if (stop.isDone()) {
            throw new CancellationException("a stop is wanted");
        }
    }
}
