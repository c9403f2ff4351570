package io.sluice.pipeline.enforce;

import io.sluice.contract.EffectivePolicy;
import io.sluice.pipeline.limit.DayCount;
import io.sluice.pipeline.limit.SlidingLog;
import org.jspecify.annotations.Nullable;

/**
 * The part of a tenant's state that every event reads and writes: clocks, sequence, policy, request
 * windows. Not thread-safe.
 */
public final class TenantCore {
    private long seq;
    private long clockMillis;
    private long arrivalMillis;
    private long sweptAtMillis;
    private @Nullable EffectivePolicy policy;
    private final SlidingLog minute;
    private final DayCount day;

    /** A tenant that has not been seen yet. */
    public TenantCore() {
        this(0, 0, 0, 0, null, new SlidingLog(), new DayCount(0, 0));
    }

    /** A tenant as it was left. Does not validate. */
    public TenantCore(
            long seq,
            long clockMillis,
            long arrivalMillis,
            long sweptAtMillis,
            @Nullable EffectivePolicy policy,
            SlidingLog minute,
            DayCount day) {
        this.seq = seq;
        this.clockMillis = clockMillis;
        this.arrivalMillis = arrivalMillis;
        this.sweptAtMillis = sweptAtMillis;
        this.policy = policy;
        this.minute = minute;
        this.day = day;
    }

    /** The number of the last event in the tenant's history; 0 before the first. */
    public long seq() {
        return seq;
    }

    /** Takes the next number of the tenant's history. */
    long nextSeq() {
        return ++seq;
    }

    /** Decision time of the last request, epoch milliseconds. Never goes back. */
    public long clockMillis() {
        return clockMillis;
    }

    /** Sets decision time; the caller sees to it that it does not go back. */
    void clockMillis(long value) {
        clockMillis = value;
    }

    /** The latest arrival time of any event, epoch milliseconds. Never goes back. */
    public long arrivalMillis() {
        return arrivalMillis;
    }

    /** Takes note of an event's arrival; an earlier one than known counts as the known one. */
    long arrivedAt(long value) {
        arrivalMillis = Math.max(arrivalMillis, value);
        return arrivalMillis;
    }

    /** When closed windows and dead entries were last forgotten, in arrival time. */
    public long sweptAtMillis() {
        return sweptAtMillis;
    }

    /** Notes that closed windows and dead entries were forgotten. */
    void sweptAtMillis(long value) {
        sweptAtMillis = value;
    }

    /** The policy of the highest version seen; null before the first request. */
    public @Nullable EffectivePolicy policy() {
        return policy;
    }

    /** The given policy, or the known one if that has a higher version. */
    EffectivePolicy newest(EffectivePolicy incoming) {
        EffectivePolicy known = policy;
        if (known == null || incoming.version() >= known.version()) {
            policy = incoming;
            return incoming;
        }
        return known;
    }

    /** Admissions of the last sixty seconds. */
    public SlidingLog minute() {
        return minute;
    }

    /** Admissions of the day. */
    public DayCount day() {
        return day;
    }
}
