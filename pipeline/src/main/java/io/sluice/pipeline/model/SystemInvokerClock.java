package io.sluice.pipeline.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The machine's clock: the one class of this module's shell that reads it. */
final class SystemInvokerClock implements InvokerClock {
    private static final long serialVersionUID = 1L;

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void after(long delayMillis, Runnable work) {
        // On the alarm's own thread, because the work never blocks. With two cores the common pool
        // would start a thread for each alarm.
        CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(work);
    }
}
