package io.sluice.contract.audit;

import io.sluice.contract.json.AuditHeadJson;
import io.sluice.contract.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checks the records of one file as they are read and sums them up as segments of chains. What it
 * holds grows with the tenants of the file, not with its records. Not thread-safe.
 */
public final class FileChains {
    private final String file;
    private final Consumer<AuditFinding> findings;
    private final List<ChainSegment> ended = new ArrayList<>();
    private final Map<String, Open> open = new LinkedHashMap<>();
    private long records;

    /** A segment that may go on. */
    private static final class Open {
        private final long firstSeq;
        private final String previousHash;
        private long lastSeq;
        private byte[] lastHash;

        private Open(long seq, String previousHash, byte[] hash) {
            this.firstSeq = seq;
            this.previousHash = previousHash;
            this.lastSeq = seq;
            this.lastHash = hash;
        }

        private boolean goesOnWith(long seq, String before) {
            return seq == lastSeq + 1 && Hex.isOf(before, lastHash);
        }
    }

    /** For a file of that name. */
    public FileChains(String file, Consumer<AuditFinding> findings) {
        this.file = file;
        this.findings = findings;
    }

    /** Takes the next record. */
    public void add(AuditRecord record) {
        records++;
        AuditHead head;
        try {
            head = AuditHeadJson.read(record.body());
        } catch (MalformedJsonException e) {
            changed(record.tenantId(), record.seq(), "its body is no record's: " + e.getMessage());
            return;
        }
        boolean whole = Arrays.equals(AuditRecord.hashOf(record.body()), record.hash());
        // What can be trusted of a changed record: its body if it has its hash, else its columns.
        String tenantId = whole ? head.tenantId() : record.tenantId();
        long seq = whole ? head.seq() : record.seq();
        if (!whole) {
            changed(tenantId, seq, "its body does not have the hash " + Hex.of(record.hash()));
        } else if (!head.isOf(record)) {
            changed(tenantId, seq, "its columns say something else than its body");
        }
        link(tenantId, seq, head.previousHash(), record.hash());
    }

    private void link(String tenantId, long seq, String previousHash, byte[] hash) {
        Open before = open.get(tenantId);
        if (before != null && before.goesOnWith(seq, previousHash)) {
            before.lastSeq = seq;
            before.lastHash = hash;
            return;
        }
        if (before != null) {
            ended.add(segment(tenantId, before));
        }
        open.put(tenantId, new Open(seq, previousHash, hash));
    }

    private ChainSegment segment(String tenantId, Open of) {
        return new ChainSegment(
                tenantId, file, of.firstSeq, of.previousHash, of.lastSeq, Hex.of(of.lastHash));
    }

    private void changed(String tenantId, long seq, String message) {
        findings.accept(
                AuditFinding.ofRecord(
                        AuditFinding.Kind.CHANGED_RECORD, file, tenantId, seq, message));
    }

    /** How many records were there. */
    public long records() {
        return records;
    }

    /** What they come to, each tenant's in the order in which they lay there. */
    public List<ChainSegment> segments() {
        List<ChainSegment> all = new ArrayList<>(ended);
        open.forEach((tenantId, last) -> all.add(segment(tenantId, last)));
        return all;
    }
}
