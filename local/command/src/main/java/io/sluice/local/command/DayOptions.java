package io.sluice.local.command;

import io.sluice.contract.Retention;
import io.sluice.local.command.ledger.Days;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which UTC days, by the decision time of requests. */
final class DayOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "The first day (default: the first of which every result is still kept).")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            description = "The day after the last (default: tomorrow).")
    private @Nullable LocalDate to;

    private Retention retention() {
        try {
            return Retention.ofEnvironment(System::getenv);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    Days days() {
        Days days = Days.of(from, to, Instant.now(), retention());
        if (days.fromMillis() >= days.toMillis()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from "
                            + Days.day(days.fromMillis())
                            + " is not before --to "
                            + Days.day(days.toMillis())
                            + "; --to is the day after the last one");
        }
        return days;
    }
}
