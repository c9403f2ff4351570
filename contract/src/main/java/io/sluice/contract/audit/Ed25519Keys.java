package io.sluice.contract.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Ed25519 (RFC 8032) by the JDK, which has it since Java 15. */
public final class Ed25519Keys {
    private static final String ALGORITHM = "Ed25519";

    private Ed25519Keys() {}

    /** A new pair. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw unknown(e);
        }
    }

    /**
     * The public key of these bytes.
     *
     * @param x509 as {@link PublicKey#getEncoded} gives it
     * @throws IllegalArgumentException if it is none
     */
    public static PublicKey publicKey(byte[] x509) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 public key in X.509 form", e);
        }
    }

    /**
     * The private key of these bytes.
     *
     * @param pkcs8 as {@link PrivateKey#getEncoded} gives it
     * @throws IllegalArgumentException if it is none
     */
    public static PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 private key in PKCS #8 form", e);
        }
    }

    /** The id under which digests name a public key. */
    public static String keyId(PublicKey key) {
        return Hex.of(AuditRecord.hashOf(key.getEncoded()));
    }

    /** Whoever signs with that pair. */
    public static SigningKey signing(KeyPair pair) {
        String keyId = keyId(pair.getPublic());
        return new SigningKey() {
            @Override
            public String keyId() {
                return keyId;
            }

            @Override
            public byte[] sign(byte[] bytes) {
                try {
                    Signature signature = Signature.getInstance(ALGORITHM);
                    signature.initSign(pair.getPrivate());
                    signature.update(bytes);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw unknown(e);
                }
            }
        };
    }

    /** Whether a signature over these bytes is that of the key. */
    public static boolean isSigned(PublicKey key, byte[] bytes, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // not even the form of a signature, or of a key of this kind
        }
    }

    private static IllegalStateException unknown(GeneralSecurityException e) {
        return new IllegalStateException("this Java has no Ed25519; it needs 15 or later", e);
    }
}
