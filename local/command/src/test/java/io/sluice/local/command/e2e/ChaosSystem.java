package io.sluice.local.command.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A system whose every process and connection can be taken from it. Used by one thread. */
final class ChaosSystem implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(5);
    private static final int PARALLELISM = 2;
    private static final int OTHER_PARALLELISM = 3;
    private static final int MORE_SHARDS = 4;
    private static final int FEWER_SHARDS = 2;

    /** So that requests go on to other targets, and to a cheaper model when none is left. */
    private static final String POLICY =
            """
            models:
              routed:
                targets:
                  - - {model: amazon.nova-micro-v1:0, region: us-east-1, weight: 2}
                    - {model: amazon.nova-micro-v1:0, region: us-west-2}
                  - {model: amazon.nova-lite-v1:0, region: us-east-1}
                degrade: {stale_for_seconds: 60, model: meta.llama3-1-8b-instruct-v1:0}
            """;

    private final Path dataDir;
    private final Path policy;
    private final EmbeddedAws services;
    private final Network network;
    private final Random random;
    private SluiceProcess sluice;
    private int parallelism = PARALLELISM;
    private int shards = FEWER_SHARDS;

    private ChaosSystem(Path directory, long seed) throws Exception {
        this.dataDir = directory.resolve("sluice");
        this.policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        this.random = new Random(seed);
        this.services = EmbeddedAws.start(directory.resolve("services"));
        this.network = new Network(services);
        this.sluice = launch();
    }

    /** Starts services and system over that folder and waits until requests are answered. */
    static ChaosSystem start(Path directory, long seed) throws Exception {
        ChaosSystem system = new ChaosSystem(directory, seed);
        try {
            system.sluice.awaitReady(READY);
            return system;
        } catch (Throwable e) {
            system.close();
            throw e;
        }
    }

    SluiceProcess sluice() {
        return sluice;
    }

    /** The address of the API, the same over restarts. */
    String api() {
        return sluice.endpoint("api");
    }

    /** The embedded Bedrock, past the network that is disturbed. */
    ModelCalls models() {
        return new ModelCalls(local(services.bedrockPort()));
    }

    /** The tables, past the network that is disturbed. */
    Ledger ledger() {
        return new Ledger(local(services.dynamoDbPort()));
    }

    /** The streams, past the network that is disturbed. */
    EventStream stream() {
        return new EventStream(local(services.kinesisPort()));
    }

    /** The archive of decisions. */
    SealedArchive archive() {
        return new SealedArchive(dataDir);
    }

    /** Lets it happen; returns when what was taken is there again. */
    void suffer(Disturbance disturbance) throws Exception {
        if (network.disturb(disturbance, random)) {
            return;
        }
        switch (disturbance.kind()) {
            case KILL_JOB -> sluice.kill("job");
            case KILL_INGRESS -> sluice.kill("ingress");
            case KILL_AWS -> restart(EmbeddedAws.Part.AWS, disturbance.millis());
            case KILL_DYNAMODB -> restart(EmbeddedAws.Part.DYNAMODB, disturbance.millis());
            case KILL_EVERYTHING -> killEverything(disturbance.millis());
            case RESCALE -> rescale();
            case RESHARD -> reshard();
            default -> throw new AssertionError("unknown: " + disturbance);
        }
    }

    /** Nothing is disturbed any more, and no call is left that nobody will answer. */
    void calm() {
        network.calm();
        network.cutModelCalls();
    }

    @Override
    public void close() throws IOException {
        sluice.close();
        network.close();
        services.close();
    }

    private void restart(EmbeddedAws.Part part, long downMillis) throws Exception {
        services.kill(part);
        pause(downMillis);
        services.start(part);
    }

    private void killEverything(long downMillis) throws Exception {
        sluice.killEverything();
        for (EmbeddedAws.Part part : EmbeddedAws.Part.values()) {
            services.kill(part);
        }
        pause(downMillis);
        for (EmbeddedAws.Part part : EmbeddedAws.Part.values()) {
            services.start(part);
        }
        startAgain();
    }

    /** Goes on with another parallelism from the state that a clean stop leaves. */
    private void rescale() throws Exception {
        network.calm();
        parallelism = parallelism == PARALLELISM ? OTHER_PARALLELISM : PARALLELISM;
        int status = sluice.stop();
        if (status != 0) {
            throw new AssertionError("stop ended with " + status + ":\n" + sluice.errors());
        }
        startAgain();
    }

    /** The job may still be on its way back from a kill: the command waits for it. */
    private void reshard() throws Exception {
        network.calm();
        shards = shards == FEWER_SHARDS ? MORE_SHARDS : FEWER_SHARDS;
        SluiceRun done =
                SluiceRun.of(
                        network.environment(),
                        dataDir,
                        "reshard",
                        "--external-aws",
                        "--shards",
                        Integer.toString(shards));
        if (done.status() != 0) {
            throw new AssertionError("reshard ended with " + done.status() + ":\n" + done.err());
        }
    }

    private void startAgain() throws IOException {
        // A start provisions what is missing: it is not what is disturbed here.
        network.calm();
        sluice = launch();
        sluice.awaitReady(READY);
    }

    private SluiceProcess launch() throws IOException {
        return SluiceProcess.start(
                network.environment(),
                dataDir,
                "--external-aws",
                "--policy",
                policy.toString(),
                "--parallelism",
                Integer.toString(parallelism));
    }

    private static String local(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
