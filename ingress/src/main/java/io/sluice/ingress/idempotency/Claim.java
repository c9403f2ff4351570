package io.sluice.ingress.idempotency;

/**
 * An idempotency key in use, and what it stands for.
 *
 * @param tenantId whose key it is
 * @param keyHash SHA-256 of the key, hex
 * @param subjectId the id of the request or batch that was made for it
 * @param receivedAtMillis when that was received, epoch milliseconds
 * @param fingerprint of the call, see {@link Fingerprint}
 */
public record Claim(
        String tenantId,
        String keyHash,
        String subjectId,
        long receivedAtMillis,
        String fingerprint) {
    /** How long a key is in use, from its first use. */
    static final long LIFE_SECONDS = 86_400;

    /** Whether the key is not free again at that time. */
    boolean isInUse(long nowMillis) {
        return expiresAtSeconds() > Math.floorDiv(nowMillis, 1_000);
    }

    /** When the key is free again, epoch seconds; also the item's time to live. */
    long expiresAtSeconds() {
        return Math.floorDiv(receivedAtMillis, 1_000) + LIFE_SECONDS;
    }
}
