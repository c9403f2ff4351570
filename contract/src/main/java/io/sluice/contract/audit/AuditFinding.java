package io.sluice.contract.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something in an archive that is not as it was written, and where. */
public final class AuditFinding {
    /** What is wrong. */
    public enum Kind {
        /** A file cannot be read as what it is. */
        UNREADABLE_FILE("unreadable-file"),
        /** A file that a digest names is not there. */
        MISSING_FILE("missing-file"),
        /** A file has other bytes than when it was sealed. */
        CHANGED_FILE("changed-file"),
        /** A file that no digest names lies among those that are sealed. */
        UNKNOWN_FILE("unknown-file"),
        /** A record's body has another hash, or its columns say something else than its body. */
        CHANGED_RECORD("changed-record"),
        /** Records are missing. */
        GAP("gap"),
        /** A record is there twice. */
        REPEATED("repeated"),
        /**
         * A record follows another one than the one that is there: one of two writers' histories.
         */
        FORK("fork"),
        /** A digest is missing. */
        MISSING_DIGEST("missing-digest"),
        /** A digest is not what was signed, or does not follow from the one before. */
        WRONG_DIGEST("wrong-digest"),
        /** A chain ends before the head that a digest, or the anchor, names. */
        TRUNCATED("truncated");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** Its name in reports. */
        public String wireName() {
            return wireName;
        }
    }

    private final Kind kind;
    private final @Nullable String file;
    private final @Nullable String tenantId;
    private final long seq;
    private final String message;

    private AuditFinding(
            Kind kind, @Nullable String file, @Nullable String tenantId, long seq, String message) {
        this.kind = kind;
        this.file = file;
        this.tenantId = tenantId;
        this.seq = seq;
        this.message = message;
    }

    /**
     * Something wrong with a record.
     *
     * @param file in which it lies; null if it lies in none
     */
    public static AuditFinding ofRecord(
            Kind kind, @Nullable String file, String tenantId, long seq, String message) {
        return new AuditFinding(kind, file, tenantId, seq, message);
    }

    /** Something wrong with a file. */
    public static AuditFinding ofFile(Kind kind, String file, String message) {
        return new AuditFinding(kind, file, null, 0, message);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** The file; null if it concerns none. */
    public @Nullable String file() {
        return file;
    }

    /** The tenant; null if it concerns none, or it cannot be told. */
    public @Nullable String tenantId() {
        return tenantId;
    }

    /** The record's number in the tenant's history; 0 if it concerns none. */
    public long seq() {
        return seq;
    }

    /** What was seen and what was expected, for a person. */
    public String message() {
        return message;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditFinding && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, file, tenantId, seq);
    }

    @Override
    public String toString() {
        return kind.wireName()
                + (file == null ? "" : ' ' + file)
                + (tenantId == null ? "" : ' ' + tenantId + ' ' + seq)
                + ": "
                + message;
    }
}
