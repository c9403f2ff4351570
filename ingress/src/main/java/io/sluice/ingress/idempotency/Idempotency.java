package io.sluice.ingress.idempotency;

import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
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
                .thenApply(standing -> sameCall(standing, wanted.fingerprint()));
    }

    /**
     * The claim of a key that an earlier call used, without claiming it; fails with a {@code 422}
     * problem if that was a call with other content.
     */
    public CompletableFuture<Optional<Claim>> find(
            String tenantId, IdempotencyKey key, String fingerprint) {
        return store.find(tenantId, key.hash(), time.millis())
                .thenApply(found -> found.map(standing -> sameCall(standing, fingerprint)));
    }

    private static Claim sameCall(Claim standing, String fingerprint) {
        if (!standing.fingerprint().equals(fingerprint)) {
            throw Problem.of(
                            HttpStatus.UNPROCESSABLE_ENTITY,
                            "This Idempotency-Key was used for a call with another body; use a"
                                    + " new key.")
                    .asException();
        }
        return standing;
    }
}
