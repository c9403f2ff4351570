package io.sluice.ingress.key;

import io.sluice.contract.ApiKeyItem;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes API keys. Thread-safe. */
public final class KeyMint {
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String SECRET_ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 8;
    // 36 characters of 62 are 214 bits.
    private static final int SECRET_LENGTH = 36;

    private final SecureRandom random = new SecureRandom();

    /** A key that was made: the text for its owner, shown once, and the item to be stored. */
    public record MintedKey(ApiKey key, ApiKeyItem item) {}

    /**
     * A new key. {@code tenantId} is a tenant's or {@link ApiKey#ADMIN}; {@code expiresAtMillis} is
     * 0 for never.
     */
    public MintedKey mint(String tenantId, String label, long nowMillis, long expiresAtMillis) {
        ApiKey key =
                new ApiKey(
                        tenantId,
                        letters(ID_ALPHABET, ID_LENGTH),
                        letters(SECRET_ALPHABET, SECRET_LENGTH));
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        String saltHex = HexFormat.of().formatHex(salt);
        return new MintedKey(
                key,
                ApiKeyItem.builder()
                        .tenantId(tenantId)
                        .keyId(key.keyId())
                        .salt(saltHex)
                        .hash(KeyHash.of(saltHex, key.secret()))
                        .label(label)
                        .createdAtMillis(nowMillis)
                        .expiresAtMillis(expiresAtMillis)
                        .build());
    }

    private String letters(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
