package io.sluice.local.command;

import io.sluice.contract.Names;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which part of a history, by arrival. */
final class SpanOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "From that time on, such as 2026-11-27 or 2026-11-27T09:30:00Z (default: the"
                            + " beginning).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before that time (default: all).")
    private @Nullable String to;

    @Option(names = "--tenant", description = "Only this tenant's records (default: all).")
    private @Nullable String tenant;

    /** Epoch milliseconds; {@link Long#MIN_VALUE} if not given. */
    long fromMillis() {
        return from == null ? Long.MIN_VALUE : millis("--from", from);
    }

    /** Epoch milliseconds; {@link Long#MAX_VALUE} if not given. */
    long toMillis() {
        long toMillis = to == null ? Long.MAX_VALUE : millis("--to", to);
        if (toMillis <= fromMillis()) {
            throw wrong("--from " + from + " is not before --to " + to);
        }
        return toMillis;
    }

    @Nullable String tenant() {
        if (tenant != null && !Names.TENANT_ID.matcher(tenant).matches()) {
            throw wrong("--tenant: seen '" + tenant + "', expected " + Names.TENANT_ID.pattern());
        }
        return tenant;
    }

    private long millis(String option, String value) {
        try {
            return (value.indexOf('T') >= 0
                            ? Instant.parse(value)
                            : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant())
                    .toEpochMilli();
        } catch (DateTimeException e) {
            throw wrong(
                    option
                            + ": seen '"
                            + value
                            + "', expected a day or a UTC time, such as 2026-11-27 or"
                            + " 2026-11-27T09:30:00Z");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
