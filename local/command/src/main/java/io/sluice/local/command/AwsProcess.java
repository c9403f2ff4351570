package io.sluice.local.command;

import io.sluice.local.bedrock.BedrockServer;
import io.sluice.local.cloudwatch.CloudWatchServer;
import io.sluice.local.kinesis.KinesisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The embedded Kinesis, CloudWatch and Bedrock in one process on the loopback address. Prints
 * {@code ready} and the ports, stops on the line {@code stop}, halts when standard input ends.
 */
@Command(name = "sluice-aws")
public final class AwsProcess {
    @Option(names = "--data-dir", required = true)
    Path dataDir = Path.of(".");

    @Option(names = "--kinesis-port")
    int kinesisPort;

    @Option(names = "--cloudwatch-port")
    int cloudWatchPort;

    @Option(names = "--bedrock-port")
    int bedrockPort;

    private AwsProcess() {}

    /** Runs until told to stop. */
    public static void main(String[] args) {
        AwsProcess process = new AwsProcess();
        try {
            new CommandLine(process).parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            System.err.println(e.getMessage());
            exit(2);
        }
        CompletableFuture<Void> stop = new CompletableFuture<>();
        Thread reader = new Thread(() -> readInstructions(stop), "instructions");
        reader.setDaemon(true);
        reader.start();
        exit(process.run(stop));
    }

    private int run(CompletableFuture<Void> stop) {
        try (KinesisServer kinesis =
                        KinesisServer.start(
                                io.sluice.local.kinesis.Settings.in(dataDir.resolve("kinesis"))
                                        .withPort(kinesisPort));
                CloudWatchServer cloudWatch =
                        CloudWatchServer.start(
                                io.sluice.local.cloudwatch.Settings.in(
                                                dataDir.resolve("cloudwatch"))
                                        .withPort(cloudWatchPort));
                BedrockServer bedrock =
                        BedrockServer.start(
                                io.sluice.local.bedrock.Settings.in(dataDir.resolve("bedrock"))
                                        .withPort(bedrockPort))) {
            System.out.println(
                    "ready "
                            + kinesis.endpoint()
                            + " "
                            + cloudWatch.endpoint()
                            + " "
                            + bedrock.endpoint());
            System.out.flush();
            stop.join();
            return 0;
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(AwsProcess.class).error("cannot run", e);
            System.out.println("failed " + String.valueOf(e.getMessage()).replace('\n', ' '));
            System.out.flush();
            return 1;
        }
    }

    private static void readInstructions(CompletableFuture<Void> stop) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.trim().equals("stop")) {
                    stop.complete(null);
                }
            }
        } catch (IOException e) {
            // An unreadable pipe means the same as a closed one.
        }
        Runtime.getRuntime().halt(1);
    }

    private static void exit(int status) {
        Runtime.getRuntime().halt(status);
    }
}
