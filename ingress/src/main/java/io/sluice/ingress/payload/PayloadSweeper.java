package io.sluice.ingress.payload;

import io.sluice.objects.RetentionSweep;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes objects past their retention from time to time, on a thread of its own. */
final class PayloadSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PayloadSweeper.class);

    private final RetentionSweep sweep;
    private final InstantSource time;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(PayloadSweeper::thread);

    PayloadSweeper(RetentionSweep sweep, InstantSource time) {
        this.sweep = sweep;
        this.time = time;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "payload-sweep");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks now and then again after each pause. */
    @SuppressWarnings("FutureReturnValueIgnored") // the work is guarded
    void every(Duration pause) {
        executor.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            int removed = sweep.run(time.millis());
            if (removed > 0) {
                LOG.info("{} payloads past their retention were removed", removed);
            }
        } catch (RuntimeException e) {
            LOG.warn("payloads past their retention could not be removed; tried again later", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
