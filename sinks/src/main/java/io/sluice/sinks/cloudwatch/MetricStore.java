package io.sluice.sinks.cloudwatch;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Where batches of statistic sets are sent. Thread-safe. */
interface MetricStore extends AutoCloseable {
    /** Sends a batch; sending it twice counts it twice. Fails with what the service answered. */
    CompletableFuture<Void> put(MetricBatch batch);

    /** Ends it; calls under way may fail. */
    @Override
    void close();

    /** Opens a store where the job runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** A store that the caller closes. */
        MetricStore open();
    }
}
