package io.sluice.sinks.ledger;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Isolation;
import io.sluice.sinks.aws.Stage;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where attempts are claimed before a model is called and finished after it. Every operation may be
 * repeated: it then has no further effect and answers the same, so that a lost answer costs nothing
 * but time. Reads see every write made before. Thread-safe.
 *
 * <p>All fail with a {@link io.sluice.sinks.aws.StoreException}, bare or as a cause; whether the
 * operation took place is then unknown.
 */
public interface AttemptStore extends AutoCloseable {
    /**
     * Stores a claim unless the attempt is there already, and completes with what stands: the given
     * item, or the earlier one.
     *
     * @param stage {@link Stage#START}, or {@link Stage#AGAIN} where an earlier run may have been:
     *     says what else of the tenant it waits behind, and nothing else
     */
    CompletableFuture<AttemptItem> claim(AttemptItem claim, Stage stage);

    /**
     * Stores the end of an attempt if it is still claimed, and by the run that the item names, and
     * completes with what stands then: the given item if it was stored, now or before; another if
     * the attempt was finished otherwise or claimed anew; empty if there is no such attempt.
     *
     * @param finished the attempt as claimed, with its end
     */
    CompletableFuture<Optional<AttemptItem>> finish(AttemptItem finished);

    /**
     * Removes a claim that no call was made for, if it still stands as claimed by the run that the
     * item names; anything else stays.
     */
    CompletableFuture<Void> release(AttemptItem claim);

    /**
     * All attempts of a request, the first first.
     *
     * @param isolation that of the request's policy, by which its attempts are stored
     */
    CompletableFuture<List<AttemptItem>> read(
            String tenantId, String requestId, Isolation isolation);

    /** Ends it; operations under way may fail or never complete. */
    @Override
    void close();

    /** Opens a store where the job runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** A store for up to {@code maxConcurrency} operations at once; the caller closes it. */
        AttemptStore open(int maxConcurrency);
    }
}
