package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.ChainBook;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.ChainSegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The chain heads that digests name: each has to be where the records of its digest end. */
final class DigestHeads {
    private static final class Sealed {
        private final ChainHead head;
        private final String digest;

        private Sealed(ChainHead head, String digest) {
            this.head = head;
            this.digest = digest;
        }
    }

    private final Map<String, Sealed> newest = new HashMap<>();
    private final Consumer<AuditFinding> findings;

    DigestHeads(Consumer<AuditFinding> findings) {
        this.findings = findings;
    }

    /**
     * Takes the head that a digest names.
     *
     * @param ends where segments of that digest's files end; null if not all could be read
     */
    void add(ChainHead head, String digest, @Nullable Set<ChainHead> ends) {
        Sealed before = newest.get(head.tenantId());
        if (before != null && before.head.equals(head)) {
            return;
        }
        if (ends != null && !ends.contains(head)) {
            findings.accept(
                    AuditFinding.ofRecord(
                            AuditFinding.Kind.WRONG_DIGEST,
                            digest,
                            head.tenantId(),
                            head.seq(),
                            "it names a head with which none of its files ends"));
        }
        if (before == null || before.head.seq() < head.seq()) {
            newest.put(head.tenantId(), new Sealed(head, digest));
        }
    }

    /** Whether records of a segment lie where a chain was sealed already. */
    boolean covers(ChainSegment segment) {
        Sealed sealed = newest.get(segment.tenantId());
        return sealed != null && segment.firstSeq() <= sealed.head.seq();
    }

    /** Checks that every chain has reached the last head that was sealed of it. */
    void reachedBy(ChainBook book) {
        newest.values().forEach(last -> book.reaches(last.head, last.digest));
    }
}
