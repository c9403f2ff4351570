package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What of an archive is looked at. Digests always are, all of them, because they are small and one
 * is worth nothing without those before it. A span of time takes whole hours of arrival.
 */
public final class VerifyScope {
    /** The sealer's, unless it is set otherwise. */
    public static final Duration USUAL_LOOK_BACK = Duration.ofDays(8);

    private static final long MILLIS_PER_HOUR = 3_600_000;

    private final long fromMillis;
    private final long toMillis;
    private final @Nullable String tenantId;
    private final long lookBackMillis;

    /**
     * A part of an archive that is sealed with the usual look-back.
     *
     * @param fromMillis the first hour is the one that it is in, epoch milliseconds
     * @param toMillis the last hour is the one before it or that it is in
     * @param tenantId whose records; null for everyone's
     */
    public VerifyScope(long fromMillis, long toMillis, @Nullable String tenantId) {
        this(fromMillis, toMillis, tenantId, USUAL_LOOK_BACK);
    }

    private VerifyScope(
            long fromMillis, long toMillis, @Nullable String tenantId, Duration lookBack) {
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.tenantId = tenantId;
        this.lookBackMillis = lookBack.toMillis();
    }

    /**
     * The same part of an archive that is sealed with another look-back.
     *
     * @param lookBack how long before the newest digest a folder may lie that gets a new file
     */
    public VerifyScope withLookBack(Duration lookBack) {
        return new VerifyScope(fromMillis, toMillis, tenantId, lookBack);
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

    /** Whether a file of that name would never be sealed after a digest of that time. */
    boolean isTooLate(String name, long digestMillis) {
        return ArchiveFolder.hourMillis(name) + MILLIS_PER_HOUR < digestMillis - lookBackMillis;
    }

    boolean hasTenant(String id) {
        return tenantId == null || tenantId.equals(id);
    }

    boolean hasRecord(AuditRecord record) {
        return hasTenant(record.tenantId());
    }
}
