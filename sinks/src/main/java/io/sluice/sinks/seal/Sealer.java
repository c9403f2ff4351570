package io.sluice.sinks.seal;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainSegment;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.FileChains;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleLog;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.audit.SigningKey;
import io.sluice.contract.json.SignedDigestJson;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.ArchiveStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals an archive digest by digest. All it goes by lies in the archive and the anchor, so it may
 * end at any moment: a digest is written first, then the anchor moves on to it, and one that was
 * written but not reached is reached at the next start. After any failure it begins from what is
 * there. A second sealer of the same archive fails to move the anchor and takes its digest back.
 * Not thread-safe.
 */
public final class Sealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    private final ArchiveStore archive;
    private final AnchorStore anchors;
    private final SigningKey key;
    private final long lookBackMillis;
    private final DigestFiles digests;

    /** Files whose records could not be read: the next time they are sealed as they are. */
    private final Set<String> unreadable = new HashSet<>();

    private @Nullable Standing standing;

    /** What is known of what was sealed. */
    private static final class Standing {
        private final NewFiles files;
        private final SealedHeads heads = new SealedHeads();
        private MerkleLog log = MerkleLog.empty();
        private @Nullable Digest last;
        private @Nullable Anchor anchor;

        private Standing(ArchiveStore archive) {
            files = new NewFiles(archive);
        }

        private void seal(Digest digest) {
            digest.files().forEach(files::seal);
            heads.seal(digest);
        }
    }

    /**
     * A sealer.
     *
     * @param lookBack how long before the last digest a folder may lie that gets a new file
     */
    public Sealer(ArchiveStore archive, AnchorStore anchors, SigningKey key, Duration lookBack) {
        this.archive = archive;
        this.anchors = anchors;
        this.key = key;
        this.lookBackMillis = lookBack.toMillis();
        this.digests = new DigestFiles(archive);
    }

    /**
     * Writes the next digest, even if nothing happened since the last one.
     *
     * @param nowMillis by the clock, epoch milliseconds
     * @throws SealingException if the archive is not what the anchor says, or another sealer is at
     *     work
     * @throws IOException if the archive cannot be read or written; the next call begins again, and
     *     seals a file that is no archive file as it is
     */
    public Digest seal(long nowMillis) throws IOException, SealingException {
        Standing from = standing;
        standing = null;
        if (from == null) {
            from = recover();
        }
        Digest digest = seal(from, nowMillis);
        standing = from;
        return digest;
    }

    private Digest seal(Standing from, long nowMillis) throws IOException, SealingException {
        Digest last = from.last;
        long toMillis = last == null ? nowMillis : Math.max(nowMillis, last.toMillis());
        long firstMillis = last == null ? 0 : last.toMillis() - lookBackMillis;
        List<SealedFile> files = new ArrayList<>();
        List<ChainSegment> segments = new ArrayList<>();
        for (String name : from.files.find(firstMillis, toMillis)) {
            files.add(inspect(name, segments));
        }
        MerkleLog log = MerkleLog.of(from.log.size(), from.log.perfect());
        Digest next =
                Digest.after(
                        last,
                        toMillis,
                        toMillis,
                        files,
                        from.heads.moved(segments),
                        log,
                        key.keyId());
        digests.put(next, SignedDigestJson.write(next, key));
        Anchor anchor = Anchor.of(next, log);
        if (!anchors.replace(from.anchor, anchor)) {
            digests.delete(next);
            throw conflict(next.number(), anchors.read());
        }
        from.last = next;
        from.anchor = anchor;
        from.log = log;
        from.seal(next);
        unreadable.clear();
        return next;
    }

    private static SealingException conflict(long number, @Nullable Anchor there) {
        return new SealingException(
                "digest "
                        + number
                        + " was not anchored: the anchor is "
                        + (there == null ? "gone" : there.number() + ", " + there.hash())
                        + ". Another sealer works on the same archive or table of anchors: stop one"
                        + " of them. This digest is taken back; sealing goes on from the anchor");
    }

    private SealedFile inspect(String name, List<ChainSegment> segments) throws IOException {
        String sha256 = sha256(name);
        FileChains chains = new FileChains(name, finding -> damaged(name, finding));
        try (ArchiveFile file = archive.open(name)) {
            AuditRecord record = file.next();
            while (record != null) {
                chains.add(record);
                record = file.next();
            }
        } catch (IOException e) {
            if (unreadable.add(name)) {
                throw e; // perhaps only for now, and a head would be left out
            }
            // Its bytes can be read: they are sealed as they are, for whoever verifies them.
            LOG.error("{} is sealed, but is no whole archive file: verify the archive", name, e);
        }
        segments.addAll(chains.segments());
        return new SealedFile(name, sha256, chains.records());
    }

    private static void damaged(String name, AuditFinding finding) {
        LOG.error("{} is sealed, but verify the archive: {}", name, finding);
    }

    private String sha256(String name) throws IOException {
        try (InputStream in = archive.read(name)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Hex.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private Standing recover() throws IOException, SealingException {
        Standing found = new Standing(archive);
        Anchor anchor = anchors.read();
        if (anchor != null) {
            found.anchor = anchor;
            found.last = digests.read(anchor.number(), anchor.hash(), anchor.toMillis());
            try {
                found.log = anchor.log();
            } catch (IllegalArgumentException e) {
                throw new SealingException(
                        "the anchor of digest "
                                + anchor.number()
                                + " was changed: "
                                + e.getMessage()
                                + ". Restore its item from a backup of the table",
                        e);
            }
        }
        reach(found);
        Digest digest = found.last;
        long firstMillis = digest == null ? 0 : digest.toMillis() - lookBackMillis;
        while (digest != null) {
            found.seal(digest);
            String previous = digest.previous();
            digest =
                    previous == null || digest.toMillis() < firstMillis
                            ? null
                            : digests.read(digest.number() - 1, previous, digest.fromMillis());
        }
        return found;
    }

    /** Moves the anchor on to a digest that was written when the sealer ended. */
    private void reach(Standing found) throws IOException, SealingException {
        Anchor anchor = found.anchor;
        long number = anchor == null ? 0 : anchor.number();
        List<Digest> above = digests.above(number, anchor == null ? 0 : anchor.toMillis());
        if (above.isEmpty()) {
            return;
        }
        Digest next = above.get(0);
        String hash = anchor == null ? null : anchor.hash();
        MerkleLog log = MerkleLog.of(found.log.size(), found.log.perfect());
        next.leaves().forEach(log::append);
        boolean follows =
                next.number() == number + 1
                        && Objects.equals(next.previous(), hash)
                        && Hex.of(log.root()).equals(next.root());
        if (above.size() > 1 || !follows) {
            throw new SealingException(
                    "the archive has digests above "
                            + number
                            + ", the newest that is anchored, which are more than one that follows"
                            + " from it, such as "
                            + DigestFiles.name(next)
                            + ": the anchor was set back, or another sealer is at work. Verify the"
                            + " archive; restore the anchor's item, or remove those digests if they"
                            + " are not genuine");
        }
        Anchor reached = Anchor.of(next, log);
        if (!anchors.replace(anchor, reached)) {
            throw conflict(next.number(), anchors.read());
        }
        LOG.info("Digest {} was written before the last end and is anchored now", next.number());
        found.anchor = reached;
        found.last = next;
        found.log = log;
    }

    @Override
    public void close() {
        anchors.close();
        key.close();
    }
}
