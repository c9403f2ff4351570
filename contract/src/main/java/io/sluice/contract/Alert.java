package io.sluice.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * That something crossed a line, once per crossing. Its id follows from what crossed and where in
 * the log, so the same crossing has the same id however often the log is read; whoever receives an
 * id twice ignores it the second time. Immutable.
 */
public final class Alert {
    private static final int ID_BYTES = 16;

    private final String id;
    private final AlertKind kind;
    private final @Nullable String tenantId;
    private final String subject;
    private final long atMillis;
    private final SortedMap<String, String> details;

    /**
     * @param id what its receiver tells repeats by
     * @param kind what it is about
     * @param tenantId whom it is about; null if it is about the system
     * @param subject what of the kind, such as {@code budget-per-month:80} or a model
     * @param atMillis when, by the time of the record that crossed, epoch milliseconds
     * @param details figures in words of the wire, such as {@code spent_usd}
     */
    public Alert(
            String id,
            AlertKind kind,
            @Nullable String tenantId,
            String subject,
            long atMillis,
            Map<String, String> details) {
        this.id = id;
        this.kind = kind;
        this.tenantId = tenantId;
        this.subject = subject;
        this.atMillis = atMillis;
        this.details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /**
     * The alert of a tenant's crossing at that event of its history.
     *
     * @param seq number of the event in the tenant's history
     */
    public static Alert ofTenant(
            AlertKind kind,
            String tenantId,
            String subject,
            long seq,
            long atMillis,
            Map<String, String> details) {
        String id = id(kind, tenantId, subject, seq);
        return new Alert(id, kind, tenantId, subject, atMillis, details);
    }

    /**
     * The alert of a crossing of the system.
     *
     * @param mark what tells this crossing of the subject from others
     */
    public static Alert ofSystem(
            AlertKind kind, String subject, long mark, long atMillis, Map<String, String> details) {
        return new Alert(id(kind, "", subject, mark), kind, null, subject, atMillis, details);
    }

    private static String id(AlertKind kind, String tenantId, String subject, long mark) {
        String crossing = kind.wireName() + '\n' + tenantId + '\n' + subject + '\n' + mark;
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(crossing.getBytes(StandardCharsets.UTF_8));
            StringBuilder id = new StringBuilder("alert_");
            for (int i = 0; i < ID_BYTES; i++) {
                id.append(Character.forDigit((hash[i] >> 4) & 0xf, 16));
                id.append(Character.forDigit(hash[i] & 0xf, 16));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What its receiver tells repeats by: {@code alert_} and 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** What it is about. */
    public AlertKind kind() {
        return kind;
    }

    /** Whom it is about; null if it is about the system. */
    public @Nullable String tenantId() {
        return tenantId;
    }

    /** What of the kind. */
    public String subject() {
        return subject;
    }

    /** When, by the time of the record that crossed, epoch milliseconds. */
    public long atMillis() {
        return atMillis;
    }

    /** Figures by name, in the order of names. */
    public SortedMap<String, String> details() {
        return details;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Alert)) {
            return false;
        }
        Alert that = (Alert) other;
        return id.equals(that.id)
                && kind == that.kind
                && Objects.equals(tenantId, that.tenantId)
                && subject.equals(that.subject)
                && atMillis == that.atMillis
                && details.equals(that.details);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return kind.wireName() + ' ' + tenantId + ' ' + subject + '@' + atMillis + details;
    }
}
