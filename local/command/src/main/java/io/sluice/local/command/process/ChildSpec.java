package io.sluice.local.command.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a child process is started and stopped.
 *
 * @param name what it is called in messages, logs and run.json
 * @param command program and arguments
 * @param environment what its environment has besides ours
 * @param removedPrefix variables of ours that start so are kept from it; empty for none
 * @param standardError file that takes what it writes there
 * @param log where a person reads what happened
 * @param niceness how far it steps back when the processor is scarce: 0 not at all, 19 most (POSIX
 *     {@code nice})
 * @param stopPatience how long a clean stop may take
 * @param whenEndedCleanly runs after a run that ended with status 0, before anybody hears of it
 */
public record ChildSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        String removedPrefix,
        Path standardError,
        Path log,
        int niceness,
        Duration stopPatience,
        Runnable whenEndedCleanly) {
    public ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
