package io.sluice.contract.json;

import io.sluice.contract.SealedPayload;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link SealedPayload}, which stands in the payload's place on streams, in state and
 * in tables: {@code sealed:} and its bytes in Base64 for URLs without padding. Payloads in the
 * clear and references begin with a brace.
 */
public final class SealedText {
    private static final String BEGINNING = "sealed:";

    /** Characters of Base64 that surely hold everything before the nonce; a multiple of four. */
    private static final int HEADER_CHARACTERS = (SealedPayload.MOST_HEADER_BYTES / 3 + 1) * 4;

    private SealedText() {}

    /** Whether that payload is sealed. */
    public static boolean isSealed(@Nullable String payload) {
        return payload != null && payload.startsWith(BEGINNING);
    }

    /** Whether that payload is not in the clear at hand: sealed, or by reference. */
    public static boolean isOpaque(@Nullable String payload) {
        return isSealed(payload) || PayloadReferenceJson.isReference(payload);
    }

    /** The text of sealed bytes. */
    public static String of(byte[] sealed) {
        return BEGINNING + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** How long the text of so many bytes is, characters, which are ASCII. */
    public static int lengthOf(int sealedBytes) {
        return BEGINNING.length() + (sealedBytes * 4 + 2) / 3;
    }

    /** The sealed payload of a text; throws {@link MalformedJsonException} if it is none. */
    public static SealedPayload read(String text) {
        return read(text, false);
    }

    /** The same without nonce and ciphertext, from the beginning of the text alone. */
    public static SealedPayload header(String text) {
        return read(text, true);
    }

    /** Its bytes; throws {@link MalformedJsonException} if it is none. */
    public static byte[] bytes(String text) {
        return decoded(text, text.length());
    }

    private static SealedPayload read(String text, boolean headerOnly) {
        int end =
                headerOnly
                        ? Math.min(text.length(), BEGINNING.length() + HEADER_CHARACTERS)
                        : text.length();
        byte[] bytes = decoded(text, end);
        try {
            return SealedPayload.read(bytes, headerOnly);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("payload: " + e.getMessage(), e);
        }
    }

    private static byte[] decoded(String text, int end) {
        if (!isSealed(text)) {
            throw new MalformedJsonException("payload: seen no sealed one");
        }
        try {
            return Base64.getUrlDecoder().decode(text.substring(BEGINNING.length(), end));
        } catch (IllegalArgumentException e) {
            // whose message may show a part of the text
            throw new MalformedJsonException("payload: seen a sealed one that is no Base64");
        }
    }
}
