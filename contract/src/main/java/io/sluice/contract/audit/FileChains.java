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
    private final Map<String, ChainSegment> open = new LinkedHashMap<>();
    private long records;

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
        link(tenantId, seq, head.previousHash(), Hex.of(record.hash()));
    }

    private void link(String tenantId, long seq, String previousHash, String hash) {
        ChainSegment before = open.get(tenantId);
        if (before != null
                && seq == before.lastSeq() + 1
                && previousHash.equals(before.lastHash())) {
            open.put(tenantId, before.longer(seq, hash));
            return;
        }
        if (before != null) {
            ended.add(before);
        }
        open.put(tenantId, new ChainSegment(tenantId, file, seq, previousHash, seq, hash));
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
        all.addAll(open.values());
        return all;
    }
}
