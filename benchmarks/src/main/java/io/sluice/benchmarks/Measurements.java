package io.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What is measured, each as rows of the report. */
final class Measurements {
    private static final double READY_SECONDS = 20;
    private static final double MEMORY_GIB = 2.5;

    private final List<LoadGenerator.Tenant> tenants;
    private final int seconds;
    private final int warmUpSeconds;

    Measurements(List<LoadGenerator.Tenant> tenants, int seconds, int warmUpSeconds) {
        this.tenants = tenants;
        this.seconds = seconds;
        this.warmUpSeconds = warmUpSeconds;
    }

    /** Start to ready: the first over an empty data folder, the others over what it left. */
    static List<Row> startUp(Path root, Path dataDir) throws IOException {
        List<Double> runs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            try (SluiceUnderTest sluice = SluiceUnderTest.start(root, dataDir)) {
                runs.add(sluice.readySeconds());
            }
        }
        double median = runs.stream().sorted().skip(1).findFirst().orElseThrow();
        return List.of(
                new Row(
                        "`up` to ready, median of 3 (empty data folder, then twice the one it left)",
                        "≤ 20 s",
                        String.format(
                                Locale.ROOT,
                                "%.1f s (%.1f, %.1f, %.1f)",
                                median,
                                runs.get(0),
                                runs.get(1),
                                runs.get(2)),
                        Row.Verdict.of(median <= READY_SECONDS)));
    }

    /** The generator against a server that answers at once. */
    List<Row> generatorAlone(int perSecond) throws IOException, InterruptedException {
        Process server =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Dsun.net.httpserver.nodelay=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                InstantServer.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
                LoadGenerator load = new LoadGenerator(out.readLine(), tenants)) {
            LoadResult result =
                    load.run(
                            new LoadGenerator.Load(perSecond, warmUpSeconds, seconds, 0, 202),
                            Prompts.unique());
            return List.of(
                    Row.reference(
                            "the load generator against a bare JDK `HttpServer`, "
                                    + perSecond
                                    + " req/s",
                            latency(result)));
        } finally {
            server.destroy();
        }
    }

    /** One record straight onto the stream. */
    List<Row> streamFloor(SluiceUnderTest sluice, int perSecond) throws InterruptedException {
        try (KinesisFloor floor = new KinesisFloor(sluice.endpoint("kinesis"))) {
            LoadResult result = floor.run(perSecond, warmUpSeconds, seconds, Prompts.unique());
            return List.of(
                    Row.reference(
                            "one record straight onto the embedded Kinesis with the SDK, "
                                    + perSecond
                                    + " req/s",
                            latency(result) + failures(result, 200)));
        }
    }

    /** Submission to 202. */
    List<Row> acknowledged(
            SluiceUnderTest sluice, int perSecond, String mix, Supplier<String> bodies)
            throws InterruptedException {
        return latencyRow(
                sluice,
                new LoadGenerator.Load(perSecond, warmUpSeconds, seconds, 0, 202),
                "submit to acknowledged (202), " + perSecond + " req/s, " + mix,
                bodies,
                5,
                25);
    }

    /** Submission to the final answer. */
    List<Row> answered(SluiceUnderTest sluice, int perSecond) throws InterruptedException {
        return latencyRow(
                sluice,
                new LoadGenerator.Load(perSecond, warmUpSeconds, seconds, 20, 200),
                "submit to final answer (`Prefer: wait`), model without latency, no cache hits, "
                        + perSecond
                        + " req/s",
                Prompts.unique(),
                150,
                500);
    }

    private List<Row> latencyRow(
            SluiceUnderTest sluice,
            LoadGenerator.Load shape,
            String what,
            Supplier<String> bodies,
            double p50Millis,
            double p99Millis)
            throws InterruptedException {
        try (LoadGenerator load = new LoadGenerator(sluice.endpoint("api"), tenants)) {
            LoadResult result = load.run(shape, bodies);
            return List.of(
                    new Row(
                            what,
                            String.format(
                                    Locale.ROOT,
                                    "p50 ≤ %.0f ms, p99 ≤ %.0f ms",
                                    p50Millis,
                                    p99Millis),
                            latency(result) + failures(result, shape.expectedStatus()),
                            Row.Verdict.of(
                                    result.millis(50) <= p50Millis
                                            && result.millis(99) <= p99Millis
                                            && result.others(shape.expectedStatus()) == 0)));
        }
    }

    /** A sustained rate until the last result is there, and the memory meanwhile. */
    List<Row> sustained(
            SluiceUnderTest sluice,
            int perSecond,
            int forSeconds,
            String mix,
            Supplier<String> bodies)
            throws InterruptedException {
        try (LoadGenerator load = new LoadGenerator(sluice.endpoint("api"), tenants);
                FinalResults results = new FinalResults(sluice.endpoint("dynamodb"));
                ResidentMemory memory = new ResidentMemory(sluice.process())) {
            long begin = System.currentTimeMillis();
            LoadResult sent =
                    load.run(new LoadGenerator.Load(perSecond, 0, forSeconds, 0, 202), bodies);
            long submitted = System.currentTimeMillis();
            FinalResults.Found found = results.await(sent.acknowledged(), Duration.ofMinutes(5));
            int acknowledged = sent.acknowledged().size();
            double rate = acknowledged * 1000.0 / Math.max(1, found.lastFinishedAtMillis() - begin);
            return List.of(
                    new Row(
                            "sustained, " + perSecond + " req/s for " + forSeconds + " s, " + mix,
                            "≥ " + perSecond + " req/s end to end, nothing lost",
                            String.format(
                                    Locale.ROOT,
                                    "%.0f req/s; %d acknowledged, %d lost, last result %.1f s after the last submit; submit %s; %s%s",
                                    rate,
                                    acknowledged,
                                    found.lost(),
                                    Math.max(0, found.lastFinishedAtMillis() - submitted) / 1000.0,
                                    latency(sent),
                                    new TreeMap<>(found.outcomes()),
                                    failures(sent, 202)),
                            // The last result comes after the last submit: 2 % of grace for that.
                            Row.Verdict.of(
                                    found.lost() == 0
                                            && sent.others(202) == 0
                                            && rate >= 0.98 * perSecond)),
                    new Row(
                            "resident memory of all processes meanwhile, largest sum",
                            "≤ 2.5 GiB",
                            String.format(Locale.ROOT, "%.2f GiB", memory.mostGiB()),
                            Row.Verdict.of(memory.mostGiB() <= MEMORY_GIB)));
        }
    }

    private static String latency(LoadResult result) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, max %.0f ms",
                result.millis(50),
                result.millis(99),
                result.millis(100));
    }

    private static String failures(LoadResult result, int expected) {
        return result.others(expected) == 0
                ? ""
                : "; answers by status " + new TreeMap<>(result.statuses());
    }
}
