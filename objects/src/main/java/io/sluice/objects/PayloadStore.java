package io.sluice.objects;

import io.sluice.contract.PayloadReference;
import io.sluice.contract.SealedPayload;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.SealedText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Large payloads by reference: stored before anybody hears of them, and checked for tenant, length
 * and hash whenever they are read. Thread-safe, never blocks.
 */
public final class PayloadStore implements AutoCloseable {
    private final ObjectStore objects;

    /** A store that takes over where objects lie. */
    public PayloadStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** Stores a payload; fails with an {@link ObjectStoreException}. */
    public CompletableFuture<Void> put(LargePayload payload) {
        return objects.putIfAbsent(payload.reference().key(), payload.bytes());
    }

    /**
     * The payload that a reference of this tenant stands for, sealed if it was stored so.
     *
     * @return fails with a {@link PayloadLostException} if it is gone, changed or another tenant's,
     *     with an {@link ObjectStoreException} if the store does not answer
     */
    public CompletableFuture<String> get(String tenantId, String referenceText) {
        PayloadReference reference;
        try {
            reference = PayloadReferenceJson.read(referenceText);
        } catch (MalformedJsonException e) {
            return lost("a payload's reference cannot be read: " + e.getMessage());
        }
        if (!reference.tenantId().equals(tenantId)) {
            return lost(
                    "seen a reference to another tenant's payload, expected one of " + tenantId);
        }
        // One byte more than it should have, so that a longer object is noticed.
        return objects.get(reference.key(), reference.bytes() + 1)
                .thenApply(found -> checked(reference, found));
    }

    /** Ends it; calls under way fail. */
    @Override
    public void close() {
        objects.close();
    }

    private static String checked(PayloadReference reference, Optional<byte[]> found) {
        if (found.isEmpty()) {
            throw new PayloadLostException(reference + ": there is no such object");
        }
        byte[] bytes = found.get();
        if (bytes.length != reference.bytes()) {
            String seen =
                    bytes.length > reference.bytes() ? "a longer object" : bytes.length + " bytes";
            throw new PayloadLostException(reference + ": seen " + seen);
        }
        if (!LargePayload.sha256(bytes).equals(reference.sha256())) {
            throw new PayloadLostException(reference + ": the object has another hash");
        }
        return SealedPayload.isOne(bytes)
                ? SealedText.of(bytes)
                : new String(bytes, StandardCharsets.UTF_8);
    }

    private static CompletableFuture<String> lost(String message) {
        return CompletableFuture.failedFuture(new PayloadLostException(message));
    }
}
