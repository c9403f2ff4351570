package io.sluice.pipeline.audit;

import io.sluice.contract.audit.CanonicalWriter;

/**
 * Every counter that a tenant's decisions go by, at one moment. Money is 10^-12 USD, times are
 * epoch milliseconds.
 */
public final class Counters {
    private final long clockMillis;
    private final long requestsInMinute;
    private final long tokensInMinute;
    private final long requestsInDay;
    private final long spentInDay;
    private final long spentInMonth;
    private final long held;
    private final long pending;

    /**
     * Counters of these values.
     *
     * @param clockMillis decision time of the last request
     * @param requestsInMinute admitted in the sixty seconds before it
     * @param tokensInMinute held or used by them
     * @param requestsInDay admitted on its UTC day
     * @param spentInDay booked on that day
     * @param spentInMonth booked in that UTC month
     * @param held reserved for calls that have not ended
     * @param pending requests that have not ended
     */
    public Counters(
            long clockMillis,
            long requestsInMinute,
            long tokensInMinute,
            long requestsInDay,
            long spentInDay,
            long spentInMonth,
            long held,
            long pending) {
        this.clockMillis = clockMillis;
        this.requestsInMinute = requestsInMinute;
        this.tokensInMinute = tokensInMinute;
        this.requestsInDay = requestsInDay;
        this.spentInDay = spentInDay;
        this.spentInMonth = spentInMonth;
        this.held = held;
        this.pending = pending;
    }

    void write(CanonicalWriter out) {
        out.beginObject()
                .field("clock_millis", clockMillis)
                .field("day_requests", requestsInDay)
                .field("day_spent_pico_usd", spentInDay)
                .field("held_pico_usd", held)
                .field("minute_requests", requestsInMinute)
                .field("minute_tokens", tokensInMinute)
                .field("month_spent_pico_usd", spentInMonth)
                .field("pending", pending)
                .endObject();
    }
}
