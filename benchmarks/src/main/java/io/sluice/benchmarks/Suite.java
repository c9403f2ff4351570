package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a running system from outside and writes the figures into the README of this module. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measures bin/sluice up and writes benchmarks/README.md.")
public final class Suite implements Callable<Integer> {
    private static final int TENANTS = 20;
    private static final int VISIBLE_TENANTS = 8;
    private static final long SEED = 42;
    private static final String MIX = "Zipf over " + Prompts.QUESTIONS + " prompts";

    /** Parts that can be asked for. */
    enum Part {
        startup,
        recovery,
        baseline,
        floor,
        latency,
        answer,
        throughput,
        different,
        fairness,
        capacity,
        visible,
        viewers
    }

    @Option(
            names = "--only",
            split = ",",
            description =
                    "Only these of ${COMPLETION-CANDIDATES}; the README is then left as it is.")
    private Set<Part> only = Set.of();

    @Option(names = "--root", description = "The project's folder.", defaultValue = ".")
    private Path root = Path.of(".");

    @Option(
            names = "--seconds",
            description = "Length of a latency measurement (default ${DEFAULT-VALUE}).",
            defaultValue = "30")
    private int seconds;

    @Option(
            names = "--warm-up",
            description = "Seconds before it that do not count (default ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private int warmUpSeconds;

    @Option(
            names = "--sustained-rate",
            description = "Submissions a second of the sustained load (default ${DEFAULT-VALUE}).",
            defaultValue = "500")
    private int sustainedRate;

    @Option(
            names = "--sustained-seconds",
            description = "Length of the sustained load (default ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private int sustainedSeconds;

    @Option(
            names = "--different-rate",
            description =
                    "Submissions a second of the load of prompts that never repeat (default"
                            + " ${DEFAULT-VALUE}).",
            defaultValue = "150")
    private int differentRate;

    @Option(names = "--keep", description = "Keep the data folder and the logs.")
    private boolean keep;

    private final List<Row> rows = new ArrayList<>();
    private final ProcessorCheck processor = new ProcessorCheck();

    /** Exit code 0 if every target that was measured is met, 1 if not, 2 for wrong use. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Suite()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String machine = Machine.describe(root);
        Path folder = Files.createTempDirectory("sluice-benchmark");
        System.err.println(machine);
        System.err.println("load average " + Machine.loadAverage() + ", data in " + folder);
        try {
            processor.sample();
            measure(folder);
        } finally {
            if (!keep) {
                Folders.delete(folder);
            }
        }
        rows.add(processor.row());
        String markdown = Report.markdown(machine, rows);
        System.out.println(markdown);
        if (only.isEmpty()) {
            Report.write(root.resolve("benchmarks/README.md"), markdown);
        }
        return rows.stream().anyMatch(row -> row.verdict() == Row.Verdict.MISSED) ? 1 : 0;
    }

    private void measure(Path folder) throws IOException, InterruptedException {
        if (asked(Part.startup)) {
            add(Measurements.startUp(root, folder.resolve("start")));
        }
        if (asked(Part.recovery)) {
            add(Recovery.measure(root, folder.resolve("recovery")));
        }
        if (asked(Part.baseline)) {
            add(
                    new Measurements(
                                    List.of(new LoadGenerator.Tenant("none", "none")),
                                    seconds,
                                    warmUpSeconds)
                            .generatorAlone(200));
        }
        if (!asked(Part.floor)
                && !asked(Part.latency)
                && !asked(Part.answer)
                && !asked(Part.throughput)
                && !asked(Part.different)
                && !asked(Part.fairness)
                && !asked(Part.capacity)
                && !asked(Part.visible)
                && !asked(Part.viewers)) {
            return;
        }
        try (SluiceUnderTest sluice = SluiceUnderTest.start(root, folder.resolve("load"))) {
            sluice.modelLatency(0);
            measure(
                    sluice,
                    new Measurements(sluice.createTenants(TENANTS), seconds, warmUpSeconds));
            measure(new CapacityMeasurements(sluice, seconds, warmUpSeconds));
            if (asked(Part.visible)) {
                sluice.noQuotas();
                sluice.modelLatency(0);
                add(
                        new UsageVisibility(
                                        sluice.endpoint("api"),
                                        sluice.createTenants(VISIBLE_TENANTS),
                                        Prompts.unique())
                                .measure(warmUpSeconds, seconds));
            }
            if (asked(Part.viewers)) {
                sluice.noQuotas();
                sluice.modelLatency(0);
                add(
                        new ViewerMeasurements(
                                        sluice,
                                        sluice.createTenants(TENANTS),
                                        seconds,
                                        warmUpSeconds)
                                .measure());
            }
        }
    }

    private void measure(SluiceUnderTest sluice, Measurements measurements)
            throws InterruptedException {
        if (asked(Part.floor)) {
            add(measurements.streamFloor(sluice, 200));
        }
        if (asked(Part.latency)) {
            add(measurements.acknowledged(sluice, 200, MIX, Prompts.zipf(SEED)));
        }
        if (asked(Part.answer)) {
            add(measurements.answered(sluice, 100));
        }
        if (asked(Part.throughput)) {
            add(
                    measurements.sustained(
                            sluice, sustainedRate, sustainedSeconds, MIX, Prompts.zipf(SEED)));
        }
        if (asked(Part.different)) {
            add(
                    measurements.sustained(
                            sluice,
                            differentRate,
                            sustainedSeconds,
                            "all prompts different",
                            Prompts.unique()));
        }
    }

    private void measure(CapacityMeasurements measurements)
            throws IOException, InterruptedException {
        if (asked(Part.fairness)) {
            add(measurements.fairness());
        }
        if (asked(Part.capacity)) {
            add(measurements.capacityUse());
        }
    }

    private boolean asked(Part part) {
        return only.isEmpty() || only.contains(part);
    }

    private void add(List<Row> measured) throws InterruptedException {
        measured.forEach(row -> System.err.println(row.markdown()));
        rows.addAll(measured);
        processor.sample();
    }
}
