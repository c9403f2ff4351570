package io.sluice.ingress.batch;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.stream.EventAppender;
import io.sluice.ingress.stream.StreamRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Appends many records in windows: the next begins when the one before is stored, so that a batch
 * never fills the writer that everybody shares. Blocks the calling thread.
 */
@Singleton
final class BatchAppender {
    static final int WINDOW_RECORDS = 250;
    private static final int WINDOW_BYTES = 4 * 1024 * 1024;

    /** The writer tries each record for 10 s itself; this is for a stream slower than that. */
    private static final RetryPolicy<Object> AGAIN =
            RetryPolicy.builder()
                    .handle(NotStored.class)
                    .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(2))
                    .withMaxAttempts(5)
                    .build();

    private static final class NotStored extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotStored() {
            super("some records were not stored", null, false, false);
        }
    }

    private final Function<StreamRecord, CompletableFuture<Void>> writer;

    @Inject
    BatchAppender(EventAppender writer) {
        this(writer::append);
    }

    /** With another way to append one record. */
    BatchAppender(Function<StreamRecord, CompletableFuture<Void>> writer) {
        this.writer = writer;
    }

    /** Appends all; a 503 problem if the stream does not take them. */
    void append(Iterator<StreamRecord> records) {
        List<StreamRecord> window = new ArrayList<>();
        int bytes = 0;
        while (records.hasNext()) {
            StreamRecord next = records.next();
            window.add(next);
            bytes += next.memoryBytes();
            if (window.size() == WINDOW_RECORDS || bytes >= WINDOW_BYTES || !records.hasNext()) {
                appendWindow(window);
                window.clear();
                bytes = 0;
            }
        }
    }

    private void appendWindow(List<StreamRecord> window) {
        List<StreamRecord> left = new ArrayList<>(window);
        try {
            Failsafe.with(AGAIN)
                    .run(
                            () -> {
                                left.removeAll(stored(left));
                                if (!left.isEmpty()) {
                                    throw new NotStored();
                                }
                            });
        } catch (NotStored e) {
            throw Problem.busy("The stream did not take all of it in time.", 5).asException();
        }
    }

    private List<StreamRecord> stored(List<StreamRecord> records) {
        List<CompletableFuture<Void>> answers = records.stream().map(writer).toList();
        List<StreamRecord> stored = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            try {
                answers.get(i).join();
                stored.add(records.get(i));
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof ProblemException)) {
                    throw e;
                }
            }
        }
        return stored;
    }
}
