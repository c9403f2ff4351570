package io.sluice.ingress.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query parameters of a call; each at most once, none that is unknown. */
public final class QueryFields {
    private static final long LEAST_MILLIS = 0;
    // 9999-12-31T23:59:59Z
    private static final long MOST_MILLIS = 253_402_300_799_000L;

    private final Map<String, List<String>> parameters;

    private QueryFields(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** The parameters of a call that takes those of {@code known}. */
    public static QueryFields of(HttpRequest<?> request, Set<String> known) {
        return of(request.getParameters().asMap(), known);
    }

    /** The given parameters, of a call that takes those of {@code known}. */
    public static QueryFields of(Map<String, List<String>> parameters, Set<String> known) {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            String name = unknown.iterator().next();
            throw refused(
                    "Unknown query parameter '"
                            + name.substring(0, Math.min(64, name.length()))
                                    .replaceAll("[\\p{Cntrl}\\p{Cs}]", "?")
                            + "'; expected only "
                            + String.join(", ", new TreeSet<>(known))
                            + ".");
        }
        return new QueryFields(parameters);
    }

    /** A parameter as text, null if it is absent or empty. */
    public @Nullable String text(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw refused(name + ": given " + values.size() + " times, expected once.");
        }
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }

    /** A time in epoch milliseconds: ISO 8601 with offset, or a date, which means 00:00 UTC. */
    public long time(String name, long otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long millis =
                    text.indexOf('T') > 0
                            ? OffsetDateTime.parse(text.replace(' ', '+'))
                                    .toInstant()
                                    .toEpochMilli()
                            : LocalDate.parse(text)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .toEpochMilli();
            if (millis >= LEAST_MILLIS && millis <= MOST_MILLIS) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Said below.
        }
        throw refused(
                name
                        + ": expected a time such as 2026-11-23T10:00:00Z or a date such as"
                        + " 2026-11-23, from 1970 to 9999.");
    }

    /** A whole number within bounds. */
    public int number(String name, int least, int most, int otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw refused(name + ": expected a whole number from " + least + " to " + most + ".");
    }

    /** One of a few words, null if absent; {@code reader} refuses others. */
    public <T> @Nullable T word(String name, Function<String, T> reader) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(
                    text.substring(0, Math.min(64, text.length()))
                            .replaceAll("[\\p{Cntrl}\\p{Cs}]", "?"));
        } catch (IllegalArgumentException e) {
            throw refused(name + ": " + e.getMessage() + ".");
        }
    }

    /** A refusal of the query. */
    public static ProblemException refused(String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, detail).asException();
    }
}
