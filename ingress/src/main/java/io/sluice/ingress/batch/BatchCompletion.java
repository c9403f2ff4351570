package io.sluice.ingress.batch;

import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.result.CancelWish;
import io.sluice.ingress.stream.AppendAgain;
import io.sluice.ingress.stream.StreamRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Brings onto the stream what is missing of a batch, chunk by chunk. A chunk is marked as begun
 * before its first request is appended and the next one after its last, so of an attempt that ended
 * half-way only the last begun chunk is in doubt. What has a result there is not appended again,
 * and the rest only for as long as the engine tells repetitions. Of a batch that is being cancelled
 * no further chunk is begun; what was appended of the last one, perhaps after its wish to be
 * withdrawn, is withdrawn again. Blocks the calling thread.
 */
@Singleton
final class BatchCompletion {
    /** Makes the record of one request. */
    @FunctionalInterface
    interface Records {
        /** The record of the request at that place among the batch's lines, under that id. */
        StreamRecord of(int place, String requestId);
    }

    /** Tells which of some requests have no result. */
    @FunctionalInterface
    interface Unfinished {
        /** The ids of those without. */
        List<String> of(Batch batch, List<BatchEntry> entries);
    }

    private final BatchStore store;
    private final Unfinished unfinished;
    private final BatchAppender appender;
    private final InstantSource time;

    @Inject
    BatchCompletion(
            BatchStore store, BatchResults results, BatchAppender appender, InstantSource time) {
        this(store, results::unfinished, appender, time);
    }

    /** With another way to know results. */
    BatchCompletion(
            BatchStore store, Unfinished unfinished, BatchAppender appender, InstantSource time) {
        this.store = store;
        this.unfinished = unfinished;
        this.appender = appender;
        this.time = time;
    }

    /**
     * The batch with all its requests on the stream, or cancelled; a 503 problem if the stream does
     * not take them, a 409 problem if it cannot be known any more whether some are there.
     */
    Batch complete(Batch batch, Records records) {
        if (batch.isSettled()) {
            return batch;
        }
        int known = batch.begunAtMillis().size();
        int chunk = Math.max(0, known - 1);
        while (chunk < batch.chunks()) {
            long nowMillis = time.millis();
            Batch head = store.begin(batch, chunk, nowMillis).join();
            if (head.cancelling()) {
                return withdrawn(head, chunk - 1);
            }
            boolean first = chunk >= known && head.begunAtMillis().get(chunk) == nowMillis;
            append(head, chunk, first, nowMillis, records);
            chunk++;
        }
        Batch head = store.markStored(batch).join();
        return head.cancelling() ? withdrawn(head, chunk - 1) : head;
    }

    private Batch withdrawn(Batch batch, int chunk) {
        if (chunk >= 0) {
            List<BatchEntry> entries = store.entries(batch, chunk).join();
            appender.append(
                    unfinished.of(batch, entries).stream()
                            .map(id -> CancelWish.record(batch.tenantId(), id))
                            .iterator());
        }
        return batch;
    }

    private void append(Batch batch, int chunk, boolean first, long nowMillis, Records records) {
        List<BatchEntry> entries = store.entries(batch, chunk).join();
        Set<String> missing =
                first ? idsOf(entries) : withoutResult(batch, chunk, nowMillis, entries);
        appender.append(
                IntStream.range(0, entries.size())
                        .filter(e -> missing.contains(entries.get(e).requestId()))
                        .mapToObj(
                                e ->
                                        records.of(
                                                chunk * Batch.CHUNK + e,
                                                entries.get(e).requestId()))
                        .iterator());
    }

    private static Set<String> idsOf(List<BatchEntry> entries) {
        Set<String> all = new HashSet<>();
        entries.forEach(entry -> all.add(entry.requestId()));
        return all;
    }

    private Set<String> withoutResult(
            Batch batch, int chunk, long nowMillis, List<BatchEntry> entries) {
        long begunAtMillis = batch.begunAtMillis().get(chunk);
        Set<String> missing = new HashSet<>(unfinished.of(batch, entries));
        if (!missing.isEmpty() && !AppendAgain.isSafe(begunAtMillis, nowMillis)) {
            throw inDoubt(missing.size(), begunAtMillis);
        }
        return missing;
    }

    private static ProblemException inDoubt(int count, long begunAtMillis) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "Storing this batch ended half-way after "
                                + Instant.ofEpochMilli(begunAtMillis)
                                + ", more than "
                                + AppendAgain.minutes()
                                + " minutes ago, and nobody knows whether "
                                + count
                                + " of its requests, which have no result, are stored; stored"
                                + " again they might run twice. Read its results, cancel it, and"
                                + " send what has none as a new batch under a new key.")
                .retry(false)
                .asException();
    }
}
