package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleLog;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.SignedDigestJson;
import io.sluice.sinks.seal.DigestFiles;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks digests one after another: that each is what a known key signed, that it follows the one
 * before, and that its root is that of one growing Merkle log. One finding for each damage: what
 * cannot be told behind a digest that is damaged or missing is not reported again. Not thread-safe.
 */
final class DigestChain {
    private final Map<String, PublicKey> keys = new HashMap<>();
    private final Consumer<AuditFinding> findings;
    private MerkleLog log = MerkleLog.empty();
    private @Nullable String previous;
    private boolean logKnown = true;
    private boolean broken;
    private final SortedSet<String> unknownKeys = new TreeSet<>();

    /** Files since the last good digest, each of which may be the one that is not seen. */
    private long damaged;

    private long number;
    private long toMillis;

    DigestChain(Iterable<PublicKey> keys, Consumer<AuditFinding> findings) {
        keys.forEach(key -> this.keys.put(Ed25519Keys.keyId(key), key));
        this.findings = findings;
    }

    /** The digest of the next file; null if nothing in it can be trusted. */
    @Nullable Digest next(String name, byte[] file) {
        Digest digest;
        try {
            digest = SignedDigestJson.digest(file);
            String why = refused(name, digest, file);
            if (why != null) {
                return damaged(name, why);
            }
        } catch (MalformedJsonException e) {
            return damaged(name, "it is no digest: " + e.getMessage());
        }
        if (digest.number() <= number) {
            wrong(name, "it is number " + digest.number() + ", which lies after number " + number);
            return null;
        }
        follow(name, digest);
        return digest;
    }

    private @Nullable String refused(String name, Digest digest, byte[] file) {
        PublicKey key = keys.get(digest.keyId());
        if (key == null) {
            unknownKeys.add(digest.keyId());
            return "it is signed by the key " + digest.keyId() + ", which is none of those given";
        }
        boolean signed =
                Ed25519Keys.isSigned(key, digest.signed(), SignedDigestJson.signature(file));
        if (!signed) {
            return "it is not what was signed";
        }
        String own = DigestFiles.name(digest);
        return own.equals(name) ? null : "it lies where it does not belong: it is " + own;
    }

    private @Nullable Digest damaged(String name, String why) {
        wrong(name, why);
        damaged++;
        return null;
    }

    private void follow(String name, Digest digest) {
        long passed = digest.number() - number - 1;
        if (passed > damaged) {
            missing(name, digest);
        }
        if (passed > 0) {
            logKnown = false;
        } else if (!Objects.equals(digest.previous(), previous)) {
            wrong(
                    name,
                    "it follows a digest with the hash "
                            + digest.previous()
                            + ", but the one before it has "
                            + previous);
        } else if (number > 0 && digest.fromMillis() != toMillis) {
            wrong(name, "it does not begin when the one before it ends");
        }
        grow(name, digest);
        number = digest.number();
        previous = digest.hash();
        toMillis = digest.toMillis();
        damaged = 0;
    }

    private void missing(String name, Digest digest) {
        broken = true;
        findings.accept(
                AuditFinding.ofFile(
                        AuditFinding.Kind.MISSING_DIGEST,
                        name,
                        "it is number "
                                + digest.number()
                                + ", but the one before it has number "
                                + number));
    }

    private void grow(String name, Digest digest) {
        if (!logKnown) {
            return;
        }
        digest.leaves().forEach(log::append);
        if (log.size() != digest.size() || !Hex.of(log.root()).equals(digest.root())) {
            wrong(name, "its root is not that of the log of all leaves up to it");
            logKnown = false;
        }
    }

    private void wrong(String name, String message) {
        broken = true;
        findings.accept(AuditFinding.ofFile(AuditFinding.Kind.WRONG_DIGEST, name, message));
    }

    /** Whether any was damaged or missing. */
    boolean isBroken() {
        return broken;
    }

    /** Ids of keys that digests were signed with and that were not given. */
    SortedSet<String> unknownKeys() {
        return unknownKeys;
    }

    /** The number of the last one; 0 if there is none. */
    long number() {
        return number;
    }

    /** When the last one was taken, epoch milliseconds. */
    long toMillis() {
        return toMillis;
    }
}
