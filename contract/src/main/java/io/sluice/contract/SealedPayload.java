package io.sluice.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A payload under its tenant's data key (AES-256-GCM), with what a reader needs to open it. The
 * tenant is not in it: whoever opens it says whose it is, and the cipher refuses another one's.
 *
 * <p>As bytes: {@code 0x89 'S' 'L' 'P'}, version 1, kind (0 prompt, 1 answer), then key id, request
 * id and stop reason, each a length byte and so many bytes of UTF-8 (no stop reason: length 255),
 * 12 bytes nonce, and the rest is the ciphertext with its tag of 16 bytes. No text in UTF-8 begins
 * with {@code 0x89}, so no payload in the clear is taken for one. All before the nonce is
 * authenticated with the ciphertext. Immutable; arrays are neither copied nor to be changed.
 */
public final class SealedPayload {
    /** Random bytes that are used once per key, by NIST SP 800-38D. */
    public static final int NONCE_BYTES = 12;

    /** What the cipher adds, bytes. */
    public static final int TAG_BYTES = 16;

    /** The most bytes before the nonce. */
    public static final int MOST_HEADER_BYTES = 5 + 1 + 3 * 255;

    /** The most bytes before the nonce of a prompt under ids as they are given out. */
    public static final int MOST_USUAL_HEADER_BYTES = 128;

    private static final byte[] MAGIC = {(byte) 0x89, 'S', 'L', 'P'};
    private static final int VERSION = 1;
    private static final int NONE = 255;
    private static final int MOST_STOP_REASON_CHARACTERS = 60;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final PayloadKind kind;
    private final String keyId;
    private final String requestId;
    private final @Nullable String stopReason;
    private final byte[] nonce;
    private final byte[] ciphertext;

    private SealedPayload(
            PayloadKind kind,
            String keyId,
            String requestId,
            @Nullable String stopReason,
            byte[] nonce,
            byte[] ciphertext) {
        this.kind = kind;
        this.keyId = keyId;
        this.requestId = requestId;
        this.stopReason = stopReason;
        this.nonce = nonce;
        this.ciphertext = ciphertext;
    }

    /**
     * What is to be sealed, its ciphertext still missing.
     *
     * @param keyId which of the tenant's data keys
     * @param requestId the request that it is sealed for
     * @param stopReason of an answer, in the provider's words, of which 60 characters are kept;
     *     null for a prompt
     * @throws IllegalArgumentException if an id is none
     */
    public static SealedPayload header(
            PayloadKind kind,
            String keyId,
            String requestId,
            @Nullable String stopReason,
            byte[] nonce) {
        String reason =
                stopReason == null || stopReason.length() <= MOST_STOP_REASON_CHARACTERS
                        ? stopReason
                        : stopReason.substring(0, MOST_STOP_REASON_CHARACTERS);
        return new SealedPayload(
                kind,
                checked("key id", keyId),
                checked("request id", requestId),
                reason,
                nonce,
                new byte[0]);
    }

    /** The same with its ciphertext. */
    public SealedPayload with(byte[] filledIn) {
        return new SealedPayload(kind, keyId, requestId, stopReason, nonce, filledIn);
    }

    /** Whether bytes are meant to be one. */
    public static boolean isOne(byte[] bytes) {
        return bytes.length > MAGIC.length
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads one; {@link IllegalArgumentException} if the bytes are none. A beginning is enough for
     * what stands before the nonce, if {@code headerOnly}.
     */
    public static SealedPayload read(byte[] bytes, boolean headerOnly) {
        if (!isOne(bytes)) {
            throw new IllegalArgumentException("seen no sealed payload");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
        try {
            int version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "a sealed payload of version " + version + ", expected " + VERSION);
            }
            PayloadKind kind = kind(in.get());
            String keyId = checked("key id", text(in));
            String requestId = checked("request id", text(in));
            String stopReason = text(in);
            byte[] nonce = new byte[headerOnly ? 0 : NONCE_BYTES];
            in.get(nonce);
            if (!headerOnly && in.remaining() < TAG_BYTES) {
                throw new IllegalArgumentException("a sealed payload that was cut off");
            }
            byte[] rest = new byte[headerOnly ? 0 : in.remaining()];
            in.get(rest);
            return new SealedPayload(kind, keyId, requestId, stopReason, nonce, rest);
        } catch (java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException("a sealed payload that was cut off", e);
        }
    }

    /** Everything before the nonce. */
    public byte[] headerBytes() {
        byte[] key = utf8(keyId);
        byte[] request = utf8(requestId);
        byte[] reason = stopReason == null ? new byte[0] : utf8(stopReason);
        return ByteBuffer.allocate(MAGIC.length + 5 + key.length + request.length + reason.length)
                .put(MAGIC)
                .put((byte) VERSION)
                .put((byte) (kind == PayloadKind.PROMPT ? 0 : 1))
                .put((byte) key.length)
                .put(key)
                .put((byte) request.length)
                .put(request)
                .put((byte) (stopReason == null ? NONE : reason.length))
                .put(reason)
                .array();
    }

    /** All of it. */
    public byte[] bytes() {
        byte[] header = headerBytes();
        byte[] all = Arrays.copyOf(header, header.length + nonce.length + ciphertext.length);
        System.arraycopy(nonce, 0, all, header.length, nonce.length);
        System.arraycopy(ciphertext, 0, all, header.length + nonce.length, ciphertext.length);
        return all;
    }

    /** What it is. */
    public PayloadKind kind() {
        return kind;
    }

    /** Which of the tenant's data keys opens it. */
    public String keyId() {
        return keyId;
    }

    /** The request that it was sealed for; an answer may serve others of the tenant. */
    public String requestId() {
        return requestId;
    }

    /** Why the model stopped, readable without the key; null for a prompt. */
    public @Nullable String stopReason() {
        return stopReason;
    }

    /** The nonce. */
    public byte[] nonce() {
        return nonce;
    }

    /** The ciphertext and its tag. */
    public byte[] ciphertext() {
        return ciphertext;
    }

    /** Bytes that it has when it is open. */
    public int plainBytes() {
        return Math.max(0, ciphertext.length - TAG_BYTES);
    }

    @Override
    public String toString() {
        return kind.wireName() + " of " + requestId + " under key " + keyId;
    }

    private static PayloadKind kind(byte number) {
        switch (number) {
            case 0:
                return PayloadKind.PROMPT;
            case 1:
                return PayloadKind.ANSWER;
            default:
                throw new IllegalArgumentException(
                        "a sealed payload of kind " + number + ", expected 0 or 1");
        }
    }

    private static @Nullable String text(ByteBuffer in) {
        int length = in.get() & 255;
        if (length == NONE) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String checked(String what, @Nullable String id) {
        if (id == null || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the " + what + " of a sealed payload does not match " + ID.pattern());
        }
        return id;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
