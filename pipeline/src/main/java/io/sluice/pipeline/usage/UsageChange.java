package io.sluice.pipeline.usage;

import io.sluice.contract.Isolation;
import io.sluice.contract.UsageCounts;

/** By how much an event moved a tenant's usage, under which labels and at which time. */
public final class UsageChange {
    private final String tenantId;
    private final Dimensions labels;
    private final long atMillis;
    private final long bookedAtMillis;
    private final UsageCounts counts;
    private final long seq;
    private final Isolation isolation;

    /**
     * @param tenantId the tenant
     * @param labels labels as the client gave them
     * @param atMillis the time whose windows move, epoch milliseconds
     * @param bookedAtMillis when the event arrived, epoch milliseconds; never goes back in a tenant
     * @param counts what is added
     * @param seq number of the event in the tenant's history
     * @param isolation how far the tenant's rows are kept apart after that event
     */
    public UsageChange(
            String tenantId,
            Dimensions labels,
            long atMillis,
            long bookedAtMillis,
            UsageCounts counts,
            long seq,
            Isolation isolation) {
        this.tenantId = tenantId;
        this.labels = labels;
        this.atMillis = atMillis;
        this.bookedAtMillis = bookedAtMillis;
        this.counts = counts;
        this.seq = seq;
        this.isolation = isolation;
    }

    /** The tenant. */
    public String tenantId() {
        return tenantId;
    }

    /** Labels as the client gave them. */
    public Dimensions labels() {
        return labels;
    }

    /** The time whose windows move, epoch milliseconds. */
    public long atMillis() {
        return atMillis;
    }

    /** When the event arrived, epoch milliseconds. Never goes back within a tenant. */
    public long bookedAtMillis() {
        return bookedAtMillis;
    }

    /** What is added. */
    public UsageCounts counts() {
        return counts;
    }

    /** Number of the event in the tenant's history. */
    public long seq() {
        return seq;
    }

    /**
     * How far the tenant's rows are kept apart after that event, by the newest policy it had then.
     */
    public Isolation isolation() {
        return isolation;
    }
}
