package io.sluice.contract.audit;

/** Whoever signs digests: a key file on one machine, a key management service elsewhere. */
public interface SigningKey {
    /** SHA-256 of the public key in its X.509 form, 64 hexadecimal digits. */
    String keyId();

    /** A signature over these bytes. Blocks; may be called from any thread. */
    byte[] sign(byte[] bytes);
}
