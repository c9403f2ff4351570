package io.sluice.ingress.stream;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs short work later, on one thread of its own. */
final class WriterTimer {
    private static final Logger LOG = LoggerFactory.getLogger(WriterTimer.class);

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(WriterTimer::thread);

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "event-writer");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs the work after a while; what it throws is logged. */
    @SuppressWarnings("FutureReturnValueIgnored") // the work is guarded
    void later(Runnable work, long nanos) {
        executor.schedule(() -> guarded(work), nanos, TimeUnit.NANOSECONDS);
    }

    /** Forgets what has not run yet. */
    void stop() {
        executor.shutdownNow();
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("writing events failed; what waits is told by its deadline", e);
        }
    }
}
