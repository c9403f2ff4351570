package io.sluice.local.command;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.core.exception.SdkException;

/** The {@code sluice} command. Exits with 0 (fine), 1 (a finding or failure) or 2 (wrong use). */
@Command(
        name = "sluice",
        description = "A gate for LLM traffic: limits, prices and proves every call.",
        mixinStandardHelpOptions = true,
        version = "sluice 0.1.0-SNAPSHOT",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            SubmitCommand.class,
            StatusCommand.class,
            SimulateCommand.class,
            PricesCommand.class,
            AuditCommand.class,
            ReplayCommand.class,
            AuditCostCommand.class,
            RerateCommand.class,
            ExportCommand.class,
            CloudWatchCommand.class,
            NotebookCommand.class,
            DeadLettersCommand.class,
            TenantsCommand.class,
            SavepointCommand.class,
            ReshardCommand.class,
            StopCommand.class
        })
public final class SluiceCommand {
    private SluiceCommand() {}

    /** Runs a subcommand and exits. */
    public static void main(String[] args) {
        CommandLine line = line();
        int status = args.length == 0 ? usage(line) : line.execute(args);
        // Clients leave threads behind; children end with this process.
        System.exit(status);
    }

    /** The command line, which writes to standard output and error unless it is told otherwise. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new SluiceCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    command.getErr().println("sluice: " + explained(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
        return line;
    }

    private static int usage(CommandLine line) {
        line.usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }

    private static String explained(Exception failure) {
        if (failure instanceof FindingException
                || failure instanceof IOException
                || failure instanceof SdkException) {
            return String.valueOf(failure.getMessage());
        }
        failure.printStackTrace();
        return "unexpected: " + failure;
    }
}
