package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * What of an archive is looked at. Digests always are, all of them, because they are small and one
 * is worth nothing without those before it. A span of time takes whole hours of arrival.
 */
public final class VerifyScope {
    private static final long MILLIS_PER_HOUR = 3_600_000;

    private final long fromMillis;
    private final long toMillis;
    private final @Nullable String tenantId;

    /**
     * A part of an archive.
     *
     * @param fromMillis the first hour is the one that it is in, epoch milliseconds
     * @param toMillis the last hour is the one before it or that it is in
     * @param tenantId whose records; null for everyone's
     */
    public VerifyScope(long fromMillis, long toMillis, @Nullable String tenantId) {
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.tenantId = tenantId;
    }

    /** All of it. */
    public static VerifyScope all() {
        return new VerifyScope(Long.MIN_VALUE, Long.MAX_VALUE, null);
    }

    /** Whether files are left out. */
    boolean isPart() {
        return fromMillis != Long.MIN_VALUE || toMillis != Long.MAX_VALUE;
    }

    boolean hasFile(String name) {
        if (!isPart()) {
            return true;
        }
        long hourMillis = ArchiveFolder.hourMillis(name);
        return hourMillis < toMillis && fromMillis - MILLIS_PER_HOUR < hourMillis;
    }

    boolean hasTenant(String id) {
        return tenantId == null || tenantId.equals(id);
    }

    boolean hasRecord(AuditRecord record) {
        return hasTenant(record.tenantId());
    }
}
