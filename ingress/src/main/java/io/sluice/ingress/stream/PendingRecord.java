package io.sluice.ingress.stream;

import java.util.concurrent.CompletableFuture;

/** A record that was taken in and is not acknowledged yet, with the number of failed attempts. */
final class PendingRecord {
    private final StreamRecord record;
    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private int failedAttempts;

    PendingRecord(StreamRecord record) {
        this.record = record;
    }

    StreamRecord record() {
        return record;
    }

    /** Completes when the record is stored, or given up. */
    CompletableFuture<Void> stored() {
        return stored;
    }

    /** Counts a failed attempt and returns their number. */
    int fail() {
        return ++failedAttempts;
    }
}
