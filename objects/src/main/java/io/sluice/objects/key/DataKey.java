package io.sluice.objects.key;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of a tenant's keys for its payloads: AES with 256 bits. Immutable; shows its bytes nowhere.
 */
public final class DataKey {
    /** Its length. */
    public static final int BYTES = 32;

    private final String id;
    private final SecretKeySpec secret;

    /** A key of that id, of {@link #BYTES} bytes, which are copied. */
    public DataKey(String id, byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "data key " + id + " has " + bytes.length + " bytes, expected " + BYTES);
        }
        this.id = id;
        this.secret = new SecretKeySpec(bytes, "AES");
    }

    /** Its name, unique within the tenant; names in the order of their making. */
    public String id() {
        return id;
    }

    /** For a cipher. */
    public SecretKey secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "data key " + id;
    }
}
