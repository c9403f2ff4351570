package io.sluice.pipeline.replay;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reading of RFC 3339 times such as {@code 2026-11-25T10:00:00.250+01:00}. Digits beyond the
 * millisecond are cut off; the leap second 23:59:60 UTC counts as the last millisecond of its day.
 */
final class Rfc3339 {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})-(\\d{2})-(\\d{2})[Tt ](\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,100}))?"
                            + "(?:[Zz]|([+-])(\\d{2}):(\\d{2}))");
    private static final long DAY_SECONDS = 86_400;

    private Rfc3339() {}

    /** The time in epoch milliseconds; empty if the text is none. */
    static OptionalLong millis(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        int second = number(parts, 6);
        boolean leap = second == 60;
        try {
            long local =
                    LocalDateTime.of(
                                    number(parts, 1),
                                    number(parts, 2),
                                    number(parts, 3),
                                    number(parts, 4),
                                    number(parts, 5),
                                    leap ? 59 : second)
                            .toEpochSecond(ZoneOffset.UTC);
            long utc = local - offsetSeconds(parts);
            if (leap && Math.floorMod(utc, DAY_SECONDS) != DAY_SECONDS - 1) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(utc * 1_000 + (leap ? 999 : fraction(parts.group(7))));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static long offsetSeconds(Matcher parts) {
        if (parts.group(8) == null) {
            return 0;
        }
        int hours = number(parts, 9);
        int minutes = number(parts, 10);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("offset out of range");
        }
        long seconds = hours * 3_600L + minutes * 60L;
        return "-".equals(parts.group(8)) ? -seconds : seconds;
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "00").substring(0, 3));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
