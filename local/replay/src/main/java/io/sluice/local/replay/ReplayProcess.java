package io.sluice.local.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.sinks.verify.ArchiveFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One replay in a process of its own. Prints what came of it as one line of JSON, and how far it is
 * on standard error; ends when standard input does.
 */
@Command(name = "sluice-replay")
public final class ReplayProcess implements Callable<Integer> {
    @Option(names = "--mode", required = true)
    private String mode = "";

    @Option(names = "--archive", required = true)
    private Path archive = Path.of("");

    @Option(names = "--stream")
    private @Nullable Path stream;

    @Option(names = "--scratch", required = true)
    private Path scratch = Path.of("");

    @Option(names = "--from-millis")
    private long fromMillis = Long.MIN_VALUE;

    @Option(names = "--to-millis")
    private long toMillis = Long.MAX_VALUE;

    @Option(names = "--tenant")
    private @Nullable String tenant;

    @Option(names = "--parallelism")
    private int parallelism = 1;

    @Option(names = "--policy")
    private @Nullable Path policy;

    @Option(names = "--prices")
    private @Nullable Path prices;

    @Option(names = "--html")
    private @Nullable Path html;

    private ReplayProcess() {}

    /** Runs the replay and ends the process. */
    public static void main(String[] args) {
        Thread watch = new Thread(ReplayProcess::endWithParent, "parent");
        watch.setDaemon(true);
        watch.start();
        CommandLine line = new CommandLine(new ReplayProcess());
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    System.err.println("sluice: " + explained(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
        int status = line.execute(args);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(scratch);
        Span span = new Span(fromMillis, toMillis);
        FoldJob job =
                new FoldJob(
                        stream == null || Files.isDirectory(archive)
                                ? ArchiveFolder.at(archive)
                                : null,
                        tenant,
                        toMillis,
                        parallelism,
                        scratch);
        if (stream != null) {
            job.addStream(stream);
        }
        ObjectNode result =
                mode.equals("what-if")
                        ? new WhatIfReplay()
                                .run(
                                        job,
                                        new TermsFiles(
                                                text(policy), text(prices), archive.toString()),
                                        span)
                        : new VerifyReplay().run(job, span);
        if (html != null) {
            Files.writeString(html, HtmlReport.of(result));
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Json.text(result));
        return 0;
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    /** The innermost cause: Flink wraps what a person needs many times over. */
    private static String explained(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause instanceof IOException || cause instanceof IllegalArgumentException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Whatever is said: only the end counts.
            }
        } catch (IOException e) {
            // An unreadable pipe means the same as a closed one.
        }
        Runtime.getRuntime().halt(1);
    }
}
