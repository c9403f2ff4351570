package io.sluice.ingress.key;

import io.sluice.contract.ApiKeyItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The salted hash under which a key is stored: SHA-256 over salt and secret. Secrets are random and
 * longer than 190 bits, so a slow password hash would add nothing but load.
 */
final class KeyHash {
    private static final byte[] ABSENT = new byte[32];
    private static final String ABSENT_SALT = "00".repeat(16);

    private KeyHash() {}

    /** The hash, hex; {@code salt} is hex. */
    static String of(String salt, String secret) {
        return HexFormat.of().formatHex(digest(salt, secret));
    }

    /**
     * Whether the secret is the stored one. Takes the same time whether or not there is a stored
     * key, and wherever the two differ.
     */
    static boolean matches(@Nullable ApiKeyItem stored, String secret) {
        byte[] expected = stored == null ? ABSENT : HexFormat.of().parseHex(stored.hash());
        byte[] seen = digest(stored == null ? ABSENT_SALT : stored.salt(), secret);
        return MessageDigest.isEqual(expected, seen) && stored != null;
    }

    private static byte[] digest(String salt, String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(HexFormat.of().parseHex(salt));
            return sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
