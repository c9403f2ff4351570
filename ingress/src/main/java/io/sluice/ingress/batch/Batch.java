package io.sluice.ingress.batch;

/**
 * What is kept of a batch beside the ids in it.
 *
 * @param tenantId whose it is
 * @param id {@code batch_} and what a request id has after its prefix
 * @param attempt names the chunks of ids that count; another attempt's are left over
 * @param receivedAtMillis when it was received, epoch milliseconds
 * @param total how many requests it has
 * @param stored whether all its requests are on the stream
 * @param cancelling whether its end was asked for
 */
record Batch(
        String tenantId,
        String id,
        String attempt,
        long receivedAtMillis,
        int total,
        boolean stored,
        boolean cancelling) {
    /** Ids in one chunk: about 60 KB of the 400 KB that an item may have. */
    static final int CHUNK = 500;

    /** How many chunks there are. */
    int chunks() {
        return (total + CHUNK - 1) / CHUNK;
    }

    /** The same batch with all its requests on the stream. */
    Batch asStored() {
        return new Batch(tenantId, id, attempt, receivedAtMillis, total, true, cancelling);
    }

    /** The same batch, to be cancelled. */
    Batch asCancelling() {
        return new Batch(tenantId, id, attempt, receivedAtMillis, total, stored, true);
    }
}
