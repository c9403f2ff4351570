package io.sluice.pipeline.model;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Calls models, one attempt per call and no hidden repeats. Thread-safe, never blocks. */
interface ModelClient extends AutoCloseable {
    /** Sends a prompt; fails with a {@link ModelException}, bare or as a cause. */
    CompletableFuture<ModelReply> converse(ModelCall call);

    /**
     * What stands for an answer from now on, once it lies where it stays; nobody hears of the
     * answer before. The model has done its part by then.
     */
    default CompletableFuture<ModelReply> kept(ModelCall call, ModelReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** Ends it; calls under way fail. */
    @Override
    void close();

    /** Opens a client where the job runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** A client for up to {@code maxConcurrency} calls at once; the caller closes it. */
        ModelClient open(int maxConcurrency);
    }
}
