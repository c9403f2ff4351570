package io.sluice.ingress.idempotency;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where claims are kept. */
interface ClaimStore {
    /**
     * Stores a claim unless its key is in use at {@code nowMillis}; the claim that stands
     * afterwards. A claim past its end counts as absent, whether or not it was removed.
     */
    CompletableFuture<Claim> claim(Claim wanted, long nowMillis);

    /** The claim of a key that is in use at {@code nowMillis}; sees every claim made before. */
    CompletableFuture<Optional<Claim>> find(String tenantId, String keyHash, long nowMillis);
}
