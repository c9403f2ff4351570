package io.sluice.pipeline.model;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one model in one region: closed while calls succeed, open for a while after many
 * failed, then half-open with a bounded number of probes at once until one tells.
 *
 * <p>Counts and states are Failsafe's. Time and permits are not: Failsafe reads the machine's
 * clock, and gives a permit back only when a result is recorded, while a throttled or withdrawn
 * probe records none and would block the circuit for good. Time is an argument, epoch milliseconds.
 * Thread-safe.
 */
final class Circuit {
    /** Longer than any job runs: when to try again is told, not read from a clock. */
    private static final Duration UNTIL_TOLD = Duration.ofDays(36_500);

    /** What the gauge shows. */
    static final int CLOSED = 0;

    static final int HALF_OPEN = 1;
    static final int OPEN = 2;

    private final BreakerSettings settings;
    private final int mostProbes;
    private final CircuitBreaker<Object> breaker; // guarded by this
    private long triedAgainAtMillis; // guarded by this
    private int timesOpened; // guarded by this
    private int probes; // guarded by this

    Circuit(BreakerSettings settings, int mostProbes) {
        this.settings = settings;
        this.mostProbes = mostProbes;
        this.breaker =
                CircuitBreaker.builder()
                        .withFailureThreshold(settings.failures(), settings.calls())
                        .withSuccessThreshold(1)
                        .withDelay(UNTIL_TOLD)
                        .build();
    }

    /**
     * Permission for one call, which must come back by exactly one of the permit's methods; null if
     * there is none now.
     */
    synchronized @Nullable Permit tryAcquire(long nowMillis) {
        if (breaker.isClosed()) {
            return new Permit(false);
        }
        if (breaker.isOpen()) {
            if (nowMillis < triedAgainAtMillis) {
                return null;
            }
            breaker.halfOpen();
        }
        if (probes >= mostProbes) {
            return null;
        }
        probes++;
        return new Permit(true);
    }

    /** Whether {@link #tryAcquire} would give permission now. */
    synchronized boolean isCallable(long nowMillis) {
        return breaker.isClosed() || (probes < mostProbes && remainingMillis(nowMillis) == 0);
    }

    /** {@link #CLOSED}, {@link #HALF_OPEN} or {@link #OPEN}. */
    synchronized int state() {
        return breaker.isClosed() ? CLOSED : breaker.isHalfOpen() ? HALF_OPEN : OPEN;
    }

    /**
     * How long until a call may be let through again, milliseconds; 0 if one may now. While all
     * probes are under way nobody knows: the first pause.
     */
    synchronized long remainingMillis(long nowMillis) {
        if (breaker.isOpen()) {
            return Math.max(0, triedAgainAtMillis - nowMillis);
        }
        return breaker.isHalfOpen() && probes >= mostProbes ? settings.pauseMillis(1) : 0;
    }

    /** Probes under way. */
    synchronized int probes() {
        return probes;
    }

    private synchronized void end(boolean probe, @Nullable Boolean success, long nowMillis) {
        if (probe) {
            probes--;
        }
        if (success == null || breaker.isOpen()) {
            return; // says nothing, or comes from before it opened
        }
        if (breaker.isHalfOpen() && !probe) {
            return; // started before it opened: how things were then
        }
        if (success) {
            breaker.recordSuccess();
            if (probe) {
                timesOpened = 0;
            }
        } else {
            breaker.recordFailure();
            if (breaker.isOpen()) {
                timesOpened++;
                triedAgainAtMillis = nowMillis + settings.pauseMillis(timesOpened);
            }
        }
    }

    /** Leave for one call. Each method ends it; all but the first have no effect. */
    final class Permit {
        private final boolean probe;
        private final AtomicBoolean over = new AtomicBoolean();

        private Permit(boolean probe) {
            this.probe = probe;
        }

        /** The target answered. */
        void succeeded(long nowMillis) {
            end(Boolean.TRUE, nowMillis);
        }

        /** The call failed, in whichever way. */
        void failed(ModelFailure failure, long nowMillis) {
            end(failure.targetsFault() ? Boolean.FALSE : null, nowMillis);
        }

        /** No call was made, or nobody knows how it ended. */
        void unused(long nowMillis) {
            end(null, nowMillis);
        }

        private void end(@Nullable Boolean success, long nowMillis) {
            if (over.compareAndSet(false, true)) {
                Circuit.this.end(probe, success, nowMillis);
            }
        }
    }
}
