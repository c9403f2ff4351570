package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.ChainSegment;
import java.util.List;

/** What a look into one file came to. */
final class CheckedFile {
    private final String name;
    private final List<AuditFinding> findings;
    private final List<ChainSegment> segments;
    private final long records;
    private final long bytes;

    CheckedFile(
            String name,
            List<AuditFinding> findings,
            List<ChainSegment> segments,
            long records,
            long bytes) {
        this.name = name;
        this.findings = List.copyOf(findings);
        this.segments = List.copyOf(segments);
        this.records = records;
        this.bytes = bytes;
    }

    String name() {
        return name;
    }

    List<AuditFinding> findings() {
        return findings;
    }

    List<ChainSegment> segments() {
        return segments;
    }

    /** Records that could be read, everyone's. */
    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }
}
