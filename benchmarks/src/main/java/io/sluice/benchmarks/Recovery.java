package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How soon a system answers again whose every process was killed under load, and whether it kept
 * its word: nothing that was acknowledged is lost, nothing that was answered is answered again.
 */
final class Recovery {
    private static final int KILLS = 3;
    private static final int TENANTS = 5;
    private static final int PER_SECOND = 40;
    private static final int SECONDS = 15;
    private static final int MODEL_MILLIS = 2_000;
    private static final double ANSWER_SECONDS = 10;
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

    private final Path root;
    private final Path dataDir;
    private final List<LoadResult.Acknowledged> owed = new ArrayList<>();
    private final List<Double> firstAnswers = new ArrayList<>();
    private List<LoadGenerator.Tenant> tenants = List.of();
    private Map<String, Long> answered = Map.of();
    private long changed;
    private long lost;
    private long inFlight;
    private long callsRepeated;

    private Recovery(Path root, Path dataDir) {
        this.root = root;
        this.dataDir = dataDir;
    }

    /** Kills {@value #KILLS} times, each under load, and starts again over what was left. */
    static List<Row> measure(Path root, Path dataDir) throws IOException, InterruptedException {
        Recovery recovery = new Recovery(root, dataDir);
        recovery.run();
        return recovery.rows();
    }

    private void run() throws IOException, InterruptedException {
        try (SluiceUnderTest first = SluiceUnderTest.start(root, dataDir)) {
            tenants = first.createTenants(TENANTS);
            loadAndKill(first);
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            try (SluiceUnderTest again = SluiceUnderTest.start(root, dataDir)) {
                firstAnswers.add(again.secondsToAnswer(tenants.get(0), Prompts.unique().get()));
                check(again);
                if (kill < KILLS) {
                    loadAndKill(again);
                }
            }
        }
    }

    /** The kill comes with some {@value #PER_SECOND} times two calls under way. */
    private void loadAndKill(SluiceUnderTest sluice) throws IOException, InterruptedException {
        sluice.modelLatency(MODEL_MILLIS);
        try (LoadGenerator load = new LoadGenerator(sluice.endpoint("api"), tenants);
                FinalResults results = new FinalResults(sluice.endpoint("dynamodb"))) {
            owed.addAll(
                    load.run(
                                    new LoadGenerator.Load(PER_SECOND, 0, SECONDS, 0, 202),
                                    Prompts.unique())
                            .acknowledged());
            answered = results.finishedAtMillis(tenantIds());
            inFlight += sluice.modelCalls().path("in_flight").asLong();
        }
        sluice.kill();
    }

    private void check(SluiceUnderTest sluice) throws IOException, InterruptedException {
        try (FinalResults results = new FinalResults(sluice.endpoint("dynamodb"))) {
            lost = results.await(owed, SETTLED_WITHIN).lost();
            Map<String, Long> now = results.finishedAtMillis(tenantIds());
            Map<String, Long> before = new HashMap<>(answered);
            before.entrySet().removeIf(entry -> entry.getValue().equals(now.get(entry.getKey())));
            changed += before.size();
            callsRepeated = sluice.modelCalls().path("calls").asLong() - now.size();
        }
    }

    private Collection<String> tenantIds() {
        return tenants.stream().map(LoadGenerator.Tenant::id).toList();
    }

    private List<Row> rows() {
        double slowest = firstAnswers.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return List.of(
                new Row(
                        "`kill -9` of everything under "
                                + PER_SECOND
                                + " req/s, "
                                + KILLS
                                + " times: from ready to the first answer to a new request, slowest",
                        "≤ 10 s",
                        String.format(
                                Locale.ROOT,
                                "%.1f s (%s)",
                                slowest,
                                firstAnswers.stream()
                                        .map(s -> String.format(Locale.ROOT, "%.1f", s))
                                        .collect(Collectors.joining(", "))),
                        Row.Verdict.of(slowest <= ANSWER_SECONDS)),
                new Row(
                        "what those kills did to what was acknowledged",
                        "nothing lost, nothing answered twice",
                        String.format(
                                Locale.ROOT,
                                "%d acknowledged, %d lost, %d answers changed; %d calls under way"
                                        + " when killed, %d calls made again",
                                owed.size(),
                                lost,
                                changed,
                                inFlight,
                                callsRepeated),
                        Row.Verdict.of(lost == 0 && changed == 0)));
    }
}
