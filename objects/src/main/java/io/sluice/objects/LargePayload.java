package io.sluice.objects;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.PayloadReference;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.SealedText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A payload to be stored, with the reference that takes its place. Immutable. */
public final class LargePayload {
    private final PayloadReference reference;
    private final byte[] bytes;

    private LargePayload(PayloadReference reference, byte[] bytes) {
        this.reference = reference;
        this.bytes = bytes;
    }

    /**
     * The prompt of a request if it has more than {@code inlineBytes} UTF-8 bytes (a sealed one:
     * when it is open); null if it may travel as it is. What is sealed is stored in its binary
     * form.
     */
    public static @Nullable LargePayload prompt(
            String tenantId, String requestId, String payload, int inlineBytes) {
        return isLarge(payload, inlineBytes)
                ? of(tenantId, requestId, PayloadKind.PROMPT, payload, null)
                : null;
    }

    /** The same of an answer. */
    public static @Nullable LargePayload answer(
            String tenantId, String requestId, String payload, int inlineBytes) {
        return isLarge(payload, inlineBytes)
                ? of(
                        tenantId,
                        requestId,
                        PayloadKind.ANSWER,
                        payload,
                        AnswerPayload.stopReason(payload))
                : null;
    }

    private static LargePayload of(
            String tenantId,
            String requestId,
            PayloadKind kind,
            String payload,
            @Nullable String stopReason) {
        byte[] bytes =
                SealedText.isSealed(payload)
                        ? SealedText.bytes(payload)
                        : payload.getBytes(StandardCharsets.UTF_8);
        return new LargePayload(
                PayloadReference.of(
                        tenantId, requestId, kind, sha256(bytes), bytes.length, stopReason),
                bytes);
    }

    /** What it takes in UTF-8 is counted only where the number of characters leaves it open. */
    private static boolean isLarge(String payload, int inlineBytes) {
        if (SealedText.isSealed(payload)) {
            return SealedText.read(payload).plainBytes() > inlineBytes;
        }
        int characters = payload.length();
        if (characters > inlineBytes) {
            return !PayloadReferenceJson.isReference(payload);
        }
        return characters * 3L > inlineBytes
                && payload.getBytes(StandardCharsets.UTF_8).length > inlineBytes
                && !PayloadReferenceJson.isReference(payload);
    }

    /** What is stored where, and how it is recognised. */
    public PayloadReference reference() {
        return reference;
    }

    /** The text that takes the payload's place. */
    public String referenceText() {
        return PayloadReferenceJson.write(reference);
    }

    /** Its length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** Not copied, not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    static String sha256(byte[] bytes) {
        StringBuilder hex = new StringBuilder(64);
        for (byte b : digest(bytes)) {
            hex.append(Character.forDigit((b >> 4) & 15, 16))
                    .append(Character.forDigit(b & 15, 16));
        }
        return hex.toString();
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
