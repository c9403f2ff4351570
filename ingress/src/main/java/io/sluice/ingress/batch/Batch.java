package io.sluice.ingress.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a batch beside the ids in it.
 *
 * @param tenantId whose it is
 * @param id {@code batch_} and what a request id has after its prefix
 * @param attempt names the chunks of ids that count; another attempt's are left over
 * @param receivedAtMillis when it was received, epoch milliseconds
 * @param total how many requests it has
 * @param begunAtMillis for each chunk whose requests may be on the stream, in order, since when,
 *     epoch milliseconds. All but the last are there as a whole: a chunk is begun when the one
 *     before it is.
 * @param stored whether all its requests are on the stream
 * @param cancelling whether its end was asked for
 */
record Batch(
        String tenantId,
        String id,
        String attempt,
        long receivedAtMillis,
        int total,
        List<Long> begunAtMillis,
        boolean stored,
        boolean cancelling) {
    /** Ids in one chunk: about 60 KB of the 400 KB that an item may have. */
    static final int CHUNK = 500;

    /** A batch that was received and has nothing on the stream. */
    static Batch received(
            String tenantId, String id, String attempt, long receivedAtMillis, int total) {
        return new Batch(tenantId, id, attempt, receivedAtMillis, total, List.of(), false, false);
    }

    /** How many chunks there are. */
    int chunks() {
        return (total + CHUNK - 1) / CHUNK;
    }

    /** Whether nothing of it is to be put onto the stream any more. */
    boolean isSettled() {
        return stored || cancelling;
    }

    /** How many of its requests never come onto the stream, because it was cancelled before. */
    int neverStored() {
        return isSettled() && !stored ? Math.max(0, total - begunAtMillis.size() * CHUNK) : 0;
    }

    /** The same batch with its next chunk begun. */
    Batch asBegun(long atMillis) {
        List<Long> begun = new ArrayList<>(begunAtMillis);
        begun.add(atMillis);
        return new Batch(
                tenantId,
                id,
                attempt,
                receivedAtMillis,
                total,
                List.copyOf(begun),
                stored,
                cancelling);
    }

    /** The same batch with all its requests on the stream. */
    Batch asStored() {
        return new Batch(
                tenantId, id, attempt, receivedAtMillis, total, begunAtMillis, true, cancelling);
    }

    /** The same batch, to be cancelled. */
    Batch asCancelling() {
        return new Batch(
                tenantId, id, attempt, receivedAtMillis, total, begunAtMillis, stored, true);
    }
}
