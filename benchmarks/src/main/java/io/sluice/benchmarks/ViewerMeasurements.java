package io.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What a hundred people at the dashboard cost: submissions are acknowledged at a fixed rate, first
 * with nobody looking, then with all of them.
 */
final class ViewerMeasurements {
    private static final int VIEWERS = 100;

    /** Every second viewer looks at the fleet, the others at one tenant each. */
    private static final int FLEET_EVERY = 2;

    private static final int PER_SECOND = 50;
    private static final long GAP_MILLIS = 3_000;

    private final SluiceUnderTest sluice;
    private final List<LoadGenerator.Tenant> tenants;
    private final int seconds;
    private final int warmUpSeconds;

    ViewerMeasurements(
            SluiceUnderTest sluice,
            List<LoadGenerator.Tenant> tenants,
            int seconds,
            int warmUpSeconds) {
        this.sluice = sluice;
        this.tenants = tenants;
        this.seconds = seconds;
        this.warmUpSeconds = warmUpSeconds;
    }

    /** Submissions without and with viewers; the part before each that warms up does not count. */
    List<Row> measure() throws InterruptedException, IOException {
        submit(warmUpSeconds);
        Measured alone = submit(seconds);
        try (DashboardViewers viewers = new DashboardViewers(sluice.endpoint("api"), keys())) {
            submit(Math.max(5, warmUpSeconds / 4));
            viewers.seen();
            Measured beside = submit(seconds);
            return rows(alone, beside, viewers.seen());
        }
    }

    private List<Row> rows(Measured alone, Measured beside, DashboardViewers.Seen seen) {
        boolean whole = alone.load.others(202) == 0 && beside.load.others(202) == 0;
        return List.of(
                new Row(
                        String.format(
                                Locale.ROOT,
                                "%d viewers of the dashboard, half of the fleet, half of %d tenants,"
                                        + " beside %d req/s",
                                VIEWERS,
                                tenants.size(),
                                PER_SECOND),
                        "a snapshot each second, none 3 s late",
                        String.format(
                                Locale.ROOT,
                                "%.2f a second and viewer, fewest %.2f, longest gap %d ms%s",
                                (double) seen.snapshots() / seen.viewers() / beside.wallSeconds,
                                seen.fewest() / beside.wallSeconds,
                                seen.longestGapMillis(),
                                seen.refused().isEmpty()
                                        ? ""
                                        : "; refused by status " + new TreeMap<>(seen.refused())),
                        Row.Verdict.of(
                                whole
                                        && seen.refused().isEmpty()
                                        && seen.longestGapMillis() <= GAP_MILLIS)),
                Row.reference(
                        "submit to acknowledged meanwhile, and processor time of all processes:"
                                + " nobody looking, then all",
                        alone + "; " + beside));
    }

    private List<String> keys() throws IOException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            keys.add(
                    i % FLEET_EVERY == 0
                            ? sluice.adminKey()
                            : tenants.get(i / FLEET_EVERY % tenants.size()).key());
        }
        return keys;
    }

    private Measured submit(int length) throws InterruptedException {
        try (LoadGenerator load = new LoadGenerator(sluice.endpoint("api"), tenants)) {
            double before = ProcessorTime.seconds(sluice.process());
            long begin = System.nanoTime();
            LoadResult result =
                    load.run(
                            new LoadGenerator.Load(PER_SECOND, 0, length, 0, 202),
                            Prompts.unique());
            return new Measured(
                    result,
                    (System.nanoTime() - begin) / 1e9,
                    ProcessorTime.seconds(sluice.process()) - before);
        }
    }

    private record Measured(LoadResult load, double wallSeconds, double processorSeconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "p50 %.1f, p99 %.1f ms, %.0f %% of a core",
                    load.millis(50),
                    load.millis(99),
                    100 * processorSeconds / wallSeconds);
        }
    }
}
