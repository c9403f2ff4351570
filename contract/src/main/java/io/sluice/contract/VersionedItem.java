package io.sluice.contract;

/** What a table keeps in one version, the highest. */
public interface VersionedItem {
    /** The tenant: the hash key. */
    String tenantId();

    /** What tells the tenant's items apart: the range key. */
    String rangeKey();

    /** The tenant's sequence number that produced it; a lower one never overwrites a higher. */
    long version();
}
