package io.sluice.contract;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a payload lies that is too large to travel: it stands in the payload's place on streams, in
 * state and in tables, and says how long the payload is and what its hash is, so that whoever reads
 * it knows whether it is still the same. The object's key follows from the reference and begins
 * with the tenant; it is never taken from outside. Immutable.
 */
public final class PayloadReference {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final String tenantId;
    private final String requestId;
    private final PayloadKind kind;
    private final String sha256;
    private final int bytes;
    private final @Nullable String stopReason;

    private PayloadReference(
            String tenantId,
            String requestId,
            PayloadKind kind,
            String sha256,
            int bytes,
            @Nullable String stopReason) {
        this.tenantId = tenantId;
        this.requestId = requestId;
        this.kind = kind;
        this.sha256 = sha256;
        this.bytes = bytes;
        this.stopReason = stopReason;
    }

    /**
     * A reference.
     *
     * @param sha256 over the payload's UTF-8 bytes, lower-case hex
     * @param bytes how many there are, at least 1
     * @param stopReason of an answer, in the provider's words; null for a prompt
     * @throws IllegalArgumentException if a part cannot be part of a key
     */
    public static PayloadReference of(
            String tenantId,
            String requestId,
            PayloadKind kind,
            String sha256,
            int bytes,
            @Nullable String stopReason) {
        check("tenant_id", tenantId, Names.TENANT_ID);
        check("request_id", requestId, REQUEST_ID);
        check("sha256", sha256, SHA_256);
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: seen " + bytes + ", expected 1 or more");
        }
        return new PayloadReference(tenantId, requestId, kind, sha256, bytes, stopReason);
    }

    private static void check(String name, String value, Pattern expected) {
        if (!expected.matcher(value).matches()) {
            throw new IllegalArgumentException(name + ": does not match " + expected.pattern());
        }
    }

    /** The tenant whose payload it is; nobody else may read it. */
    public String tenantId() {
        return tenantId;
    }

    /** The request that it was stored for; others may share it. */
    public String requestId() {
        return requestId;
    }

    /** What it is. */
    public PayloadKind kind() {
        return kind;
    }

    /** SHA-256 over its UTF-8 bytes, hex. */
    public String sha256() {
        return sha256;
    }

    /** Its length in UTF-8 bytes. */
    public int bytes() {
        return bytes;
    }

    /** Why the model stopped, so that nobody has to read an answer to know; null for a prompt. */
    public @Nullable String stopReason() {
        return stopReason;
    }

    /** The object's key: everything of a tenant lies below its id, and of a request below that. */
    public String key() {
        return tenantId + '/' + requestId + '/' + kind.wireName() + '-' + sha256;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof PayloadReference)) {
            return false;
        }
        PayloadReference that = (PayloadReference) other;
        return key().equals(that.key())
                && bytes == that.bytes
                && Objects.equals(stopReason, that.stopReason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, requestId, kind, sha256, bytes, stopReason);
    }

    @Override
    public String toString() {
        return key() + " of " + bytes + " bytes";
    }
}
