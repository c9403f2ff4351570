package io.sluice.pipeline.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * So many bytes at a time; who finds no room waits in line, so that large ones are not passed over
 * for ever. Thread-safe, never blocks.
 */
final class ByteBudget {
    private static final class Waiting {
        private final long bytes;
        private final CompletableFuture<Void> turn = new CompletableFuture<>();

        private Waiting(long bytes) {
            this.bytes = bytes;
        }
    }

    private final long most;
    private final ArrayDeque<Waiting> line = new ArrayDeque<>(); // guarded by this
    private long taken; // guarded by this

    ByteBudget(long most) {
        this.most = most;
    }

    /** Completes when the bytes are taken; more than there are at all count as all. */
    CompletableFuture<Void> take(long bytes) {
        Waiting waiting = new Waiting(Math.min(bytes, most));
        synchronized (this) {
            line.add(waiting);
        }
        admit();
        return waiting.turn;
    }

    /** Gives back what was taken with the same number. */
    void giveBack(long bytes) {
        synchronized (this) {
            taken -= Math.min(bytes, most);
        }
        admit();
    }

    synchronized long taken() {
        return taken;
    }

    /** Those whose turn has come go on outside the lock. */
    private void admit() {
        List<Waiting> admitted = new ArrayList<>();
        synchronized (this) {
            while (!line.isEmpty() && taken + line.getFirst().bytes <= most) {
                Waiting next = line.removeFirst();
                taken += next.bytes;
                admitted.add(next);
            }
        }
        admitted.forEach(waiting -> waiting.turn.complete(null));
    }
}
