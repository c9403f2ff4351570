package io.sluice.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How what models bear is shared and used, each as rows of the report. */
final class CapacityMeasurements {
    private static final String MODEL = "amazon.nova-micro-v1:0";
    private static final String SLOW_MODEL = "amazon.nova-pro-v1:0";
    private static final int MODEL_MILLIS = 500;
    private static final int SLOW_MILLIS = 30_000;
    private static final int PERSON_PER_SECOND = 10;
    private static final int FLOOD_PER_SECOND = 60;
    private static final int BULK_PER_SECOND = 4;
    private static final double GROWTH_PERCENT = 20;
    private static final int CAPACITY_PER_SECOND = 20;
    private static final double USED_PERCENT = 90;

    private final SluiceUnderTest sluice;
    private final int seconds;
    private final int warmUpSeconds;

    CapacityMeasurements(SluiceUnderTest sluice, int seconds, int warmUpSeconds) {
        this.sluice = sluice;
        this.seconds = seconds;
        this.warmUpSeconds = warmUpSeconds;
    }

    /** One tenant's answers, alone and then beside a flood and slow bulk work of two others. */
    List<Row> fairness() throws IOException, InterruptedException {
        sluice.modelLatency(MODEL, MODEL_MILLIS);
        sluice.modelLatency(SLOW_MODEL, SLOW_MILLIS);
        List<LoadGenerator.Tenant> tenants = sluice.createTenants(3);
        LoadResult alone = person(tenants.get(0), warmUpSeconds);
        LoadResult beside;
        int length = 2 * warmUpSeconds + seconds;
        Background flood =
                new Background(
                        tenants.get(1), FLOOD_PER_SECOND, length, Prompts.of(MODEL, "normal"));
        Background bulk =
                new Background(
                        tenants.get(2), BULK_PER_SECOND, length, Prompts.of(SLOW_MODEL, "low"));
        try {
            beside = person(tenants.get(0), warmUpSeconds);
        } finally {
            flood.awaitEnd();
            bulk.awaitEnd();
        }
        double growth = 100 * (beside.millis(99) / alone.millis(99) - 1);
        return List.of(
                new Row(
                        String.format(
                                Locale.ROOT,
                                "interactive answers of one tenant, %d req/s, model %d ms: alone,"
                                        + " then beside another's flood of %d req/s and bulk work"
                                        + " of a third, %d req/s that take %d s each",
                                PERSON_PER_SECOND,
                                MODEL_MILLIS,
                                FLOOD_PER_SECOND,
                                BULK_PER_SECOND,
                                SLOW_MILLIS / 1_000),
                        "p99 grows by < 20 %",
                        String.format(
                                Locale.ROOT,
                                "p99 %+.0f %%; alone p50 %.0f, p99 %.0f ms; beside p50 %.0f, p99"
                                        + " %.0f ms%s%s",
                                growth,
                                alone.millis(50),
                                alone.millis(99),
                                beside.millis(50),
                                beside.millis(99),
                                failures(alone),
                                failures(beside)),
                        Row.Verdict.of(
                                growth < GROWTH_PERCENT
                                        && alone.others(200) == 0
                                        && beside.others(200) == 0)));
    }

    /** Calls that a model takes of twice as many as it can; nobody has told the job its quota. */
    List<Row> capacityUse() throws IOException, InterruptedException {
        sluice.modelLatency(MODEL, MODEL_MILLIS);
        sluice.modelQuota(MODEL, 60L * CAPACITY_PER_SECOND);
        List<LoadGenerator.Tenant> tenants = sluice.createTenants(20);
        int offered = 2 * CAPACITY_PER_SECOND;
        long before;
        long after;
        double measuredSeconds;
        Background load =
                new Background(
                        tenants, offered, warmUpSeconds + seconds + 5, Prompts.of(MODEL, "normal"));
        try {
            pause(warmUpSeconds);
            before = sluice.calls(MODEL);
            long begin = System.nanoTime();
            pause(seconds);
            after = sluice.calls(MODEL);
            measuredSeconds = (System.nanoTime() - begin) / 1e9;
        } finally {
            load.awaitEnd();
            sluice.noQuotas();
        }
        double used = 100 * (after - before) / measuredSeconds / CAPACITY_PER_SECOND;
        return List.of(
                new Row(
                        String.format(
                                Locale.ROOT,
                                "calls taken by a model that takes %d a second, %d offered,"
                                        + " its quota not told",
                                CAPACITY_PER_SECOND,
                                offered),
                        "≥ 90 % of what it takes",
                        String.format(
                                Locale.ROOT,
                                "%.1f %% (%d in %.0f s; %d refused since the start)",
                                used,
                                after - before,
                                measuredSeconds,
                                sluice.throttled(MODEL)),
                        Row.Verdict.of(used >= USED_PERCENT)));
    }

    private LoadResult person(LoadGenerator.Tenant tenant, int warmUp) throws InterruptedException {
        try (LoadGenerator load = new LoadGenerator(sluice.endpoint("api"), List.of(tenant))) {
            return load.run(
                    new LoadGenerator.Load(PERSON_PER_SECOND, warmUp, seconds, 20, 200),
                    Prompts.of(MODEL, "normal"));
        }
    }

    private static String failures(LoadResult result) {
        return result.others(200) == 0
                ? ""
                : "; answers by status " + new TreeMap<>(result.statuses());
    }

    private static void pause(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Submissions that nobody measures, until they are over. */
    private final class Background {
        private final Thread thread;

        private Background(
                LoadGenerator.Tenant tenant, int perSecond, int length, Supplier<String> bodies) {
            this(List.of(tenant), perSecond, length, bodies);
        }

        private Background(
                List<LoadGenerator.Tenant> tenants,
                int perSecond,
                int length,
                Supplier<String> bodies) {
            thread = new Thread(() -> send(tenants, perSecond, length, bodies), "background");
            thread.start();
        }

        private void send(
                List<LoadGenerator.Tenant> tenants,
                int perSecond,
                int length,
                Supplier<String> bodies) {
            try (LoadGenerator load = new LoadGenerator(sluice.endpoint("api"), tenants)) {
                LoadResult sent =
                        load.run(new LoadGenerator.Load(perSecond, 0, length, 0, 202), bodies);
                if (sent.others(202) > 0) {
                    System.err.println("background: answers by status " + sent.statuses());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void awaitEnd() throws InterruptedException {
            thread.join();
        }
    }
}
