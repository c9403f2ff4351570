package io.sluice.local.cloudwatch;

/**
 * The minutes a query asks for, its start moved back to a start of a period.
 *
 * @param fromMinute first minute since 1970
 * @param toMinute the minute after the last
 * @param periodMinutes at least 1
 */
record TimeRange(long fromMinute, long toMinute, long periodMinutes) {

    private static final long MINUTE_MILLIS = 60_000;

    /** Reads StartTime and EndTime of a request and aligns them to a period in seconds. */
    static TimeRange read(Input request, long periodSeconds, String periodAt) {
        long start = request.millis("StartTime");
        long end = request.millis("EndTime");
        if (start >= end) {
            throw CloudWatchException.invalidCombination(
                    "The parameter StartTime must be less than the parameter EndTime.");
        }
        if (periodSeconds < 60 || periodSeconds % 60 != 0 || periodSeconds > 86_400L * 365) {
            throw CloudWatchException.invalidValue(
                    "The value "
                            + periodSeconds
                            + " for parameter "
                            + periodAt
                            + " is invalid: it must be a multiple of 60 (one-second data is not kept apart here).");
        }
        long period = periodSeconds / 60;
        long from = Math.floorDiv(start, MINUTE_MILLIS);
        return new TimeRange(
                from - Math.floorMod(from, period), -Math.floorDiv(-end, MINUTE_MILLIS), period);
    }

    long periods() {
        return (toMinute - fromMinute + periodMinutes - 1) / periodMinutes;
    }
}
