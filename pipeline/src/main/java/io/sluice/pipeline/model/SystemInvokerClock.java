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
        CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS).execute(work);
    }
}
