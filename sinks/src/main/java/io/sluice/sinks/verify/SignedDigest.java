package io.sluice.sinks.verify;

import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.SignedDigestJson;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A digest as its file has it, to the byte, with the signature. */
public final class SignedDigest {
    private final byte[] file;
    private final Digest digest;

    private SignedDigest(byte[] file, Digest digest) {
        this.file = file;
        this.digest = digest;
    }

    /**
     * The digest of these bytes. Does not check the signature.
     *
     * @throws MalformedJsonException if they are none
     */
    public static SignedDigest of(byte[] file) {
        return new SignedDigest(file, SignedDigestJson.digest(file));
    }

    /** What it says. */
    public Digest digest() {
        return digest;
    }

    /** The file's text. */
    public String text() {
        return new String(file, StandardCharsets.UTF_8);
    }

    /** Why its signature is not to be trusted; null if it is. */
    public @Nullable String refuted(Collection<PublicKey> keys) {
        for (PublicKey key : keys) {
            if (Ed25519Keys.keyId(key).equals(digest.keyId())) {
                byte[] signature = SignedDigestJson.signature(file);
                return Ed25519Keys.isSigned(key, digest.signed(), signature)
                        ? null
                        : "it is not what was signed";
            }
        }
        return "it is signed by the key " + digest.keyId() + ", which is none of those given";
    }
}
