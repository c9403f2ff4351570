package io.sluice.contract.audit;

/** Whoever signs digests: a key file on one machine, a key management service elsewhere. */
public interface SigningKey extends AutoCloseable {
    /** SHA-256 of the public key in its X.509 form, 64 hexadecimal digits. May block once. */
    String keyId();

    /**
     * A signature over these bytes. Blocks; may be called from any thread.
     *
     * @param bytes at most 4 KiB
     */
    byte[] sign(byte[] bytes);

    @Override
    default void close() {}
}
