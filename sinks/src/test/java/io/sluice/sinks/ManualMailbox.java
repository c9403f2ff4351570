package io.sluice.sinks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A task's mailbox and clock, moved by hand. A yield that finds no mail moves the time to the next
 * timer, as a task that waits would see it; one that finds neither fails instead of hanging.
 */
public class ManualMailbox implements MailboxExecutor, ProcessingTimeService {
    private final BlockingQueue<ThrowingRunnable<? extends Exception>> mails =
            new LinkedBlockingQueue<>();
    private final TreeMap<Long, List<ProcessingTimeCallback>> timers = new TreeMap<>();
    private long nowMillis;

    public ManualMailbox(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    /** Fires the timers up to that time, each at its time, and delivers all mail. */
    public void advanceTo(long untilMillis) {
        deliverAll();
        while (!timers.isEmpty() && timers.firstKey() <= untilMillis) {
            fireNext();
            deliverAll();
        }
        nowMillis = untilMillis;
    }

    public void advanceBy(long millis) {
        advanceTo(nowMillis + millis);
    }

    public void deliverAll() {
        while (tryYield()) {}
    }

    @Override
    public void execute(
            MailOptions options,
            ThrowingRunnable<? extends Exception> command,
            String description,
            Object... args) {
        mails.add(command);
    }

    @Override
    public void yield() throws InterruptedException {
        if (!tryYield()) {
            if (timers.isEmpty()) {
                throw new IllegalStateException("would wait for ever: no mail, no timer");
            }
            fireNext();
        }
    }

    @Override
    public boolean tryYield() {
        ThrowingRunnable<? extends Exception> mail = mails.poll();
        if (mail == null) {
            return false;
        }
        run(mail);
        return true;
    }

    /** Runs the next mail, waiting up to 30 s for one. */
    final void awaitMail() throws InterruptedException {
        ThrowingRunnable<? extends Exception> mail = mails.poll(30, TimeUnit.SECONDS);
        if (mail == null) {
            throw new IllegalStateException("no mail within 30 s");
        }
        run(mail);
    }

    @Override
    public boolean shouldInterrupt() {
        return false;
    }

    @Override
    public long getCurrentProcessingTime() {
        return nowMillis;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long atMillis, ProcessingTimeCallback callback) {
        timers.computeIfAbsent(Math.max(atMillis, nowMillis), t -> new ArrayList<>()).add(callback);
        return new NeverCancelled();
    }

    private void fireNext() {
        Map.Entry<Long, List<ProcessingTimeCallback>> next = timers.pollFirstEntry();
        nowMillis = Math.max(nowMillis, next.getKey());
        next.getValue().forEach(callback -> run(() -> callback.onProcessingTime(next.getKey())));
    }

    private static void run(ThrowingRunnable<? extends Exception> work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A handle that nobody uses. */
    private static final class NeverCancelled extends CompletableFuture<Void>
            implements ScheduledFuture<Void> {
        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
