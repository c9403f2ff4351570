package io.sluice.ingress.result;

import java.util.concurrent.CompletableFuture;

/** The ledger of attempts to call models, which the job keeps, as far as the API reads it. */
interface AttemptStore {
    /** Whether an attempt for the request was ever claimed. */
    CompletableFuture<Boolean> wasClaimed(String tenantId, String requestId);
}
