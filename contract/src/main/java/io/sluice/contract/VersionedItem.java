package io.sluice.contract;

/** What a table keeps in one version, the highest. */
public interface VersionedItem {
    /** The tenant: the hash key. */
    String tenantId();

    /** What tells the tenant's items apart: the range key. */
    String rangeKey();

    /** The tenant's sequence number that produced it; a lower one never overwrites a higher. */
    long version();

    /**
     * How far the tenant's rows are kept apart, by the policy in force: which table it is in.
     * Shared unless it says otherwise.
     */
    default Isolation isolation() {
        return Isolation.POOLED;
    }

    /** The one of the higher version; the second of two of the same. */
    static <T extends VersionedItem> T newer(T one, T other) {
        return one.version() > other.version() ? one : other;
    }
}
