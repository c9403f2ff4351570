package io.sluice.sinks.webhook;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Posts webhooks. Thread-safe. */
interface WebhookPoster {
    /**
     * Posts one.
     *
     * @param atSeconds when it is sent, epoch seconds
     * @return the status of the answer; fails if there is none
     */
    CompletableFuture<Integer> post(String id, long atSeconds, String signature, byte[] body);

    /** Opens a poster where the job runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** A poster of its own. */
        WebhookPoster open();
    }
}
