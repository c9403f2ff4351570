package io.sluice.objects.seal;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.SealedPayload;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.SealedText;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.key.DataKey;
import io.sluice.objects.key.TenantKeys;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Payloads of tenants as texts, sealed and opened. Thread-safe, never blocks; futures fail with an
 * {@link io.sluice.objects.ObjectStoreException} while keys cannot be had.
 */
public final class PayloadVault implements AutoCloseable {
    private final TenantKeys keys;
    private final PayloadCipher cipher = new PayloadCipher();

    /** Takes over the keys. */
    public PayloadVault(TenantKeys keys) {
        this.keys = keys;
    }

    /** The sealed text of a prompt, see {@link TenantKeys#current} for the generation. */
    public CompletableFuture<String> sealPrompt(
            String tenantId, long generation, String requestId, String prompt) {
        return keys.current(tenantId, generation)
                .thenApply(key -> seal(key, tenantId, requestId, PayloadKind.PROMPT, null, prompt));
    }

    /** The sealed text of an answer, under the key that its prompt was under. */
    public String sealAnswer(DataKey key, String tenantId, String requestId, String answer) {
        return seal(
                key,
                tenantId,
                requestId,
                PayloadKind.ANSWER,
                AnswerPayload.stopReason(answer),
                answer);
    }

    /** How long the sealed text of a prompt of so many UTF-8 bytes is about, characters. */
    public static int sealedLength(int plainBytes) {
        return SealedText.lengthOf(
                SealedPayload.MOST_USUAL_HEADER_BYTES
                        + SealedPayload.NONCE_BYTES
                        + plainBytes
                        + SealedPayload.TAG_BYTES);
    }

    /** The key that a text is sealed with; fails with a {@link PayloadLostException}, too. */
    public CompletableFuture<DataKey> keyOf(String tenantId, String sealedText) {
        try {
            return keys.get(tenantId, SealedText.header(sealedText).keyId());
        } catch (MalformedJsonException e) {
            return lost(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The payload of a sealed text.
     *
     * @param kind what it must be
     * @param requestId the request that it must have been sealed for; null if it may be any of the
     *     tenant's, as of an answer that is served from the cache or a turn of a conversation
     * @return fails with a {@link PayloadLostException} if it is something else, was changed, or
     *     its key was destroyed
     */
    public CompletableFuture<String> open(
            String tenantId, PayloadKind kind, @Nullable String requestId, String sealedText) {
        SealedPayload sealed;
        try {
            sealed = SealedText.read(sealedText);
        } catch (MalformedJsonException e) {
            return lost(String.valueOf(e.getMessage()));
        }
        if (sealed.kind() != kind) {
            return lost(sealed + ": expected of kind " + kind.wireName());
        }
        if (requestId != null && !requestId.equals(sealed.requestId())) {
            return lost(sealed + ": expected one for " + requestId);
        }
        return keys.get(tenantId, sealed.keyId())
                .thenApply(
                        key ->
                                new String(
                                        cipher.open(key, tenantId, sealed),
                                        StandardCharsets.UTF_8));
    }

    /** Destroys a tenant's keys, see {@link TenantKeys#destroy}. */
    public CompletableFuture<Integer> destroyKeys(String tenantId) {
        return keys.destroy(tenantId);
    }

    @Override
    public void close() {
        keys.close();
    }

    private String seal(
            DataKey key,
            String tenantId,
            String requestId,
            PayloadKind kind,
            @Nullable String stopReason,
            String payload) {
        return SealedText.of(
                cipher.seal(
                                key,
                                tenantId,
                                requestId,
                                kind,
                                stopReason,
                                payload.getBytes(StandardCharsets.UTF_8))
                        .bytes());
    }

    private static <T> CompletableFuture<T> lost(String message) {
        return CompletableFuture.failedFuture(new PayloadLostException(message));
    }
}
