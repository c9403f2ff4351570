package io.sluice.contract.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Links segments to chains, in whatever order files are read: what comes too early waits. Whatever
 * is then not one chain from the first record on is found: a gap, a record that is there twice, and
 * a record that follows another one than the one that is there. What it holds grows with tenants
 * and with segments that wait. Not thread-safe.
 */
public final class ChainBook {
    private static final class Chain {
        private final SortedMap<Long, List<ChainSegment>> waiting = new TreeMap<>();
        private long seq;
        private String hash;
        private boolean known;

        private Chain(long seq, String hash) {
            this.seq = seq;
            this.hash = hash;
        }

        /** The one that waits with the lowest number. */
        private ChainSegment first() {
            return waiting.values().iterator().next().get(0);
        }
    }

    private final Map<String, Chain> chains = new HashMap<>();
    private final Consumer<AuditFinding> findings;
    private final boolean fromTheFirst;

    /**
     * A book without chains.
     *
     * @param fromTheFirst whether every chain has to begin with its first record; else it may begin
     *     anywhere, because only a part of the archive is read
     */
    public ChainBook(boolean fromTheFirst, Consumer<AuditFinding> findings) {
        this.fromTheFirst = fromTheFirst;
        this.findings = findings;
    }

    /** Takes a segment. */
    public void add(ChainSegment segment) {
        Chain chain =
                chains.computeIfAbsent(
                        segment.tenantId(), id -> new Chain(0, Hex.of(AuditRecord.genesis())));
        if (!chain.known && !fromTheFirst) {
            chain.seq = segment.firstSeq() - 1;
            chain.hash = segment.previousHash();
        }
        chain.known = true;
        chain.waiting.computeIfAbsent(segment.firstSeq(), seq -> new ArrayList<>()).add(segment);
        advance(chain);
    }

    private void advance(Chain chain) {
        while (!chain.waiting.isEmpty() && chain.waiting.firstKey() <= chain.seq + 1) {
            chain.waiting.remove(chain.waiting.firstKey()).forEach(segment -> link(chain, segment));
        }
    }

    private void link(Chain chain, ChainSegment segment) {
        if (segment.firstSeq() <= chain.seq) {
            found(
                    AuditFinding.Kind.REPEATED,
                    segment,
                    "records "
                            + segment.firstSeq()
                            + " to "
                            + segment.lastSeq()
                            + " are there although the chain had reached "
                            + chain.seq);
            if (segment.lastSeq() <= chain.seq) {
                return;
            }
        } else if (!segment.previousHash().equals(chain.hash)) {
            found(
                    AuditFinding.Kind.FORK,
                    segment,
                    "it follows a record with the hash "
                            + segment.previousHash()
                            + ", but the one before it has "
                            + chain.hash);
        }
        chain.seq = segment.lastSeq();
        chain.hash = segment.lastHash();
    }

    /** Says what is missing: nothing more is to come. */
    public void end() {
        for (Chain chain : new ArrayList<>(chains.values())) {
            while (!chain.waiting.isEmpty()) {
                ChainSegment next = chain.first();
                found(
                        AuditFinding.Kind.GAP,
                        next,
                        "records "
                                + (chain.seq + 1)
                                + " to "
                                + (next.firstSeq() - 1)
                                + " are missing before it");
                chain.seq = next.firstSeq() - 1;
                chain.hash = next.previousHash();
                advance(chain);
            }
        }
    }

    /**
     * Checks that a chain has reached a head that was sealed.
     *
     * @param file the digest that names it
     */
    public void reaches(ChainHead head, String file) {
        Chain chain = chains.get(head.tenantId());
        if (chain == null || chain.seq < head.seq()) {
            findings.accept(
                    AuditFinding.ofRecord(
                            AuditFinding.Kind.TRUNCATED,
                            file,
                            head.tenantId(),
                            head.seq(),
                            "it was sealed, but the chain ends with "
                                    + (chain == null ? 0 : chain.seq)));
        } else if (chain.seq == head.seq() && !chain.hash.equals(head.hash())) {
            findings.accept(
                    AuditFinding.ofRecord(
                            AuditFinding.Kind.FORK,
                            file,
                            head.tenantId(),
                            head.seq(),
                            "it was sealed with the hash "
                                    + head.hash()
                                    + ", but has "
                                    + chain.hash));
        }
    }

    /** The last record of a tenant's chain so far; null if there is none. */
    public @Nullable ChainHead head(String tenantId) {
        Chain chain = chains.get(tenantId);
        return chain == null || chain.seq == 0
                ? null
                : new ChainHead(tenantId, chain.seq, chain.hash);
    }

    private void found(AuditFinding.Kind kind, ChainSegment segment, String message) {
        findings.accept(
                AuditFinding.ofRecord(
                        kind, segment.file(), segment.tenantId(), segment.firstSeq(), message));
    }
}
