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
        String tenantId = record.tenantId();
        AuditHead head;
        try {
            head = AuditHeadJson.read(record.body());
        } catch (MalformedJsonException e) {
            changed(record, "its body is no record's: " + e.getMessage());
            return;
        }
        if (!Arrays.equals(AuditRecord.hashOf(record.body()), record.hash())) {
            changed(record, "its body does not have the hash " + Hex.of(record.hash()));
        } else if (!head.isOf(record)) {
            changed(record, "its columns say something else than its body");
        }
        String hash = Hex.of(record.hash());
        ChainSegment before = open.get(tenantId);
        if (before != null
                && record.seq() == before.lastSeq() + 1
                && head.previousHash().equals(before.lastHash())) {
            open.put(tenantId, before.longer(record.seq(), hash));
            return;
        }
        if (before != null) {
            ended.add(before);
        }
        open.put(
                tenantId,
                new ChainSegment(
                        tenantId, file, record.seq(), head.previousHash(), record.seq(), hash));
    }

    private void changed(AuditRecord record, String message) {
        findings.accept(
                AuditFinding.ofRecord(
                        AuditFinding.Kind.CHANGED_RECORD,
                        file,
                        record.tenantId(),
                        record.seq(),
                        message));
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
