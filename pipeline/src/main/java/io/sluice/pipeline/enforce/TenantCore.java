package io.sluice.pipeline.enforce;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.dedupe.SeenIds;
import io.sluice.pipeline.limit.DayCount;
import io.sluice.pipeline.limit.SlidingLog;
import org.jspecify.annotations.Nullable;

/**
 * The part of a tenant's state that every event reads and writes: clocks, sequence, policy,
 * windows, budgets, the latest ids and the first few holds. Not thread-safe.
 */
public final class TenantCore {
    private long seq;
    private long clockMillis;
    private long arrivalMillis;
    private long sweptAtMillis;
    private @Nullable EffectivePolicy policy;
    private byte[] chain;
    private final SlidingLog minute;
    private final DayCount day;
    private final Spending daySpending;
    private final Spending monthSpending;
    private final SeenIds seen;
    private final Holds holds;

    /** A tenant that has not been seen yet. */
    public TenantCore() {
        this(
                0,
                0,
                0,
                0,
                null,
                AuditRecord.genesis(),
                new SlidingLog(),
                new DayCount(0, 0),
                new Spending(Spending.Period.DAY, 0, 0),
                new Spending(Spending.Period.MONTH, 0, 0),
                new SeenIds(),
                new Holds());
    }

    /** A tenant as it was left. Does not validate. */
    public TenantCore(
            long seq,
            long clockMillis,
            long arrivalMillis,
            long sweptAtMillis,
            @Nullable EffectivePolicy policy,
            byte[] chain,
            SlidingLog minute,
            DayCount day,
            Spending daySpending,
            Spending monthSpending,
            SeenIds seen,
            Holds holds) {
        this.seq = seq;
        this.clockMillis = clockMillis;
        this.arrivalMillis = arrivalMillis;
        this.sweptAtMillis = sweptAtMillis;
        this.policy = policy;
        this.chain = chain;
        this.minute = minute;
        this.day = day;
        this.daySpending = daySpending;
        this.monthSpending = monthSpending;
        this.seen = seen;
        this.holds = holds;
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

    /** Sets decision time, which does not go back, and lets windows and periods follow. */
    void clock(long nowMillis, SlidingLog.Chunks chunks) {
        clockMillis = nowMillis;
        minute.expire(nowMillis, chunks);
        day.roll(nowMillis);
        daySpending.roll(nowMillis);
        monthSpending.roll(nowMillis);
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

    /**
     * Whether an event that arrived then is being read for the second time: the stream took it long
     * before events that were applied already.
     */
    boolean isReread(long arrivedAtMillis) {
        return arrivedAtMillis < arrivalMillis - SeenIds.MEMORY_MILLIS;
    }

    /** When dead entries were last forgotten, in arrival time. */
    public long sweptAtMillis() {
        return sweptAtMillis;
    }

    /** Notes that dead entries were forgotten. */
    void sweptAtMillis(long value) {
        sweptAtMillis = value;
    }

    /** The policy of the highest version seen; null before the first request. */
    public @Nullable EffectivePolicy policy() {
        return policy;
    }

    /**
     * How far the tenant's rows are kept apart, by that policy; pooled before the first request.
     */
    Isolation isolation() {
        return policy == null ? Isolation.POOLED : policy.isolation();
    }

    /** The given policy, or the known one if that has a higher version. */
    EffectivePolicy newest(EffectivePolicy incoming) {
        EffectivePolicy known = policy;
        if (known == null || incoming.version() > known.version()) {
            policy = incoming;
            return incoming;
        }
        return known;
    }

    /** Hash of the tenant's last audit record, 32 bytes; not copied. */
    public byte[] chain() {
        return chain;
    }

    /** Notes the hash of the tenant's last audit record. */
    void chain(byte[] hash) {
        chain = hash;
    }

    /** Admissions and tokens of the last sixty seconds. */
    public SlidingLog minute() {
        return minute;
    }

    /** Admissions of the day. */
    public DayCount day() {
        return day;
    }

    /** Money of the day. */
    public Spending daySpending() {
        return daySpending;
    }

    /** Money of the month. */
    public Spending monthSpending() {
        return monthSpending;
    }

    /** Request ids of the last hour. */
    public SeenIds seen() {
        return seen;
    }

    /** Requests that have not ended. */
    public Holds holds() {
        return holds;
    }

    /** Whether it holds anything that time alone clears. */
    boolean hasLive() {
        return minute.count() > 0 || !seen.isEmpty() || !holds.isEmpty();
    }
}
