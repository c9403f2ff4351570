package io.sluice.ingress.result;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a model is called for a request, by the ledger of attempts that the job keeps. */
@Singleton
final class AttemptLookup {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptLookup.class);

    private final AttemptStore store;

    AttemptLookup(AttemptStore store) {
        this.store = store;
    }

    /**
     * Whether an attempt for the request was ever claimed. Also false when that cannot be found
     * out: a request without a result is waited for either way.
     */
    CompletableFuture<Boolean> wasClaimed(String tenantId, String requestId) {
        return store.wasClaimed(tenantId, requestId)
                .exceptionally(
                        failure -> {
                            LOG.warn(
                                    "the attempts of {}/{} cannot be read: {}",
                                    tenantId,
                                    requestId,
                                    failure.toString());
                            return false;
                        });
    }
}
