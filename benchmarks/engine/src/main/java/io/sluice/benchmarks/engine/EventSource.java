package io.sluice.benchmarks.engine;

import io.sluice.contract.CacheMode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Event;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.PromptPayload;
import io.sluice.pipeline.enforce.LogRecord;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.streaming.api.functions.source.SourceFunction;

/**
 * Makes events as fast as they are taken: requests of tenants at random, each followed, if asked
 * for, by its outcome some thousand events later; first one of every tenant. Time is the machine's.
 * Counts what it made after a warm-up of 20 s.
 */
@SuppressWarnings("deprecation") // the shortest source there is
final class EventSource implements SourceFunction<LogRecord> {
    private static final long serialVersionUID = 1;
    private static final int BEHIND = 4096;
    private static final int BATCH = 64;
    private static final long WARM_UP_NANOS = 20_000_000_000L;

    /** What is asked of the operator. */
    enum Mode {
        /** Requests of the free tier, ten a minute admitted, none ended. */
        LIMITS,
        /** Requests that are all admitted, and their outcomes. */
        SETTLED,
        /** The same with the response cache and usage counts. */
        ALL,
        /** As {@link #SETTLED}, without a limit that one tenant alone would meet. */
        HOT
    }

    private static final AtomicLong DECISIONS = new AtomicLong();
    private static final AtomicLong NANOS = new AtomicLong();
    private static final AtomicLong CPU_NANOS = new AtomicLong();

    private final int tenants;
    private final int seconds;
    private final Mode mode;
    private volatile boolean running = true;

    @SuppressWarnings("NullAway.Init")
    private transient EffectivePolicy policy;

    @SuppressWarnings("NullAway.Init")
    private transient String payload;

    @SuppressWarnings("NullAway.Init")
    private transient LogRecord[] behind;

    private transient long number;
    private transient long seed;

    EventSource(int tenants, int seconds, Mode mode) {
        this.tenants = tenants;
        this.seconds = seconds;
        this.mode = mode;
    }

    static String summary() {
        double perSecond = DECISIONS.get() * 1e9 / NANOS.get();
        double perCore = DECISIONS.get() * 1e9 / CPU_NANOS.get();
        return String.format(
                "decisions/s %.0f over %.1f s; per second of the deciding thread's processor time"
                        + " %.0f",
                perSecond, NANOS.get() / 1e9, perCore);
    }

    /** Processor time of the thread that decides so far. */
    private static long decidingNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("enforce")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        throw new IllegalStateException("no thread decides");
    }

    @Override
    public void run(SourceContext<LogRecord> context) {
        policy = policy();
        payload = PromptPayload.ofUserText("x".repeat(200), 512);
        behind = new LogRecord[BEHIND];
        seed = 42;
        for (int tenant = 0; tenant < tenants && running; tenant += BATCH) {
            emit(context, tenant);
        }
        long measureFrom = System.nanoTime() + WARM_UP_NANOS;
        long end = measureFrom + seconds * 1_000_000_000L;
        long measured = 0;
        long started = 0;
        for (long nanos = System.nanoTime(); running && nanos < end; nanos = System.nanoTime()) {
            if (nanos >= measureFrom && started == 0) {
                started = nanos;
                CPU_NANOS.set(-decidingNanos());
            }
            emit(context, -1);
            if (started != 0) {
                measured += BATCH;
            }
        }
        DECISIONS.set(measured);
        CPU_NANOS.addAndGet(decidingNanos());
        NANOS.set(System.nanoTime() - started);
    }

    /** A batch of requests, of the tenants from {@code first} on, or of any if it is negative. */
    private void emit(SourceContext<LogRecord> context, int first) {
        long now = System.currentTimeMillis();
        synchronized (context.getCheckpointLock()) {
            for (int i = 0; i < BATCH; i++) {
                seed = seed * 6364136223846793005L + 1442695040888963407L;
                long tenant = first < 0 ? seed >>> 33 : first + i;
                request(context, "tenant-" + Math.floorMod(tenant, tenants), now);
            }
        }
    }

    private void request(SourceContext<LogRecord> context, String tenantId, long now) {
        String id = Ids.of(now, number);
        CacheMode cache = mode == Mode.ALL ? CacheMode.DEFAULT : CacheMode.BYPASS;
        Event request =
                RequestEvent.builder()
                        .facts(Requests.request(tenantId, id, now, policy, cache, number % 5))
                        .payload(payload)
                        .build();
        context.collect(new LogRecord(request, now, "1"));
        if (mode != Mode.LIMITS) {
            int slot = (int) (number % BEHIND);
            if (behind[slot] != null) {
                context.collect(behind[slot]);
            }
            Event outcome =
                    OutcomeEvent.builder()
                            .facts(Requests.outcome(tenantId, id, now))
                            .payload("{\"text\":\"answer\",\"stop_reason\":\"end_turn\"}")
                            .build();
            behind[slot] = new LogRecord(outcome, now, "1");
        }
        number++;
    }

    private EffectivePolicy policy() {
        switch (mode) {
            case LIMITS:
                return Requests.policy(10, 1_000);
            case HOT:
                return Requests.policy(1_000_000_000, 1_000_000_000);
            default:
                return Requests.policy(1_000, 100_000);
        }
    }

    @Override
    public void cancel() {
        running = false;
    }
}
