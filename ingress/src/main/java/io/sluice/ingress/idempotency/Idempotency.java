package io.sluice.ingress.idempotency;

import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;

import jakarta.inject.Singleton;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Makes sure that a key stands for one call of its tenant. The claim is stored before anything
 * else, so whoever finds it may have to do what came next: the first call may have ended between
 * the two.
 */
@Singleton
public final class Idempotency {
    private final ClaimStore store;
    private final InstantSource time;

    Idempotency(ClaimStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /**
     * The claim that stands: the wanted one if this call is the first of its key, else the first
     * one's; fails with a {@code 422} problem if that was a call with other content.
     */
    public CompletableFuture<Claim> claim(Claim wanted) {
        return store.claim(wanted, time.millis())
                .thenApply(
                        standing -> {
                            if (!standing.fingerprint().equals(wanted.fingerprint())) {
                                throw Problem.of(
                                                HttpStatus.UNPROCESSABLE_ENTITY,
                                                "This Idempotency-Key was used for a call with"
                                                        + " another body; use a new key.")
                                        .asException();
                            }
                            return standing;
                        });
    }
}
