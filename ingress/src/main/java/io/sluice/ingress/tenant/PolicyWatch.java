package io.sluice.ingress.tenant;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the policy file on a thread of its own, and makes a change be in force at once. */
@Singleton
final class PolicyWatch {
    private static final long EVERY_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

    private final PolicyFile file;
    private final TenantDirectory directory;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(PolicyWatch::thread);

    @SuppressWarnings("FutureReturnValueIgnored") // the work is guarded
    PolicyWatch(PolicyFile file, TenantDirectory directory) {
        this.file = file;
        this.directory = directory;
        executor.scheduleWithFixedDelay(
                this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "policy-watch");
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        try {
            if (file.poll()) {
                directory.forgetTenants();
            }
        } catch (RuntimeException e) {
            LOG.error("policy: looking at the file failed; it is looked at again", e);
        }
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }
}
