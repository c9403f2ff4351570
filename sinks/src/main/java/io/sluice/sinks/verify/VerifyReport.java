package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a check came to. Holds the first findings and counts the others. */
public final class VerifyReport {
    /** Findings that are kept; a file with other bytes may have many. */
    public static final int KEPT = 1_000;

    private final List<AuditFinding> findings = new ArrayList<>();
    private long found;
    private long files;
    private long records;
    private long bytes;
    private long unsealedFiles;
    private long unsealedRecords;
    private long digests;
    private int tenants;
    private @Nullable Digest newest;
    private SortedSet<String> unknownKeys = new TreeSet<>();

    VerifyReport() {}

    void found(AuditFinding finding) {
        found++;
        if (findings.size() < KEPT) {
            findings.add(finding);
        }
    }

    void file(CheckedFile file) {
        files++;
        records += file.records();
        bytes += file.bytes();
    }

    void unsealed(CheckedFile file) {
        unsealedFiles++;
        unsealedRecords += file.records();
    }

    void digest(Digest digest) {
        digests++;
        newest = digest;
    }

    void tenants(int count) {
        tenants = count;
    }

    void unknownKeys(SortedSet<String> ids) {
        unknownKeys = ids;
    }

    /** Whether everything is as it was written. */
    public boolean isFine() {
        return found == 0;
    }

    /** What is not, the first {@link #KEPT} of it, in the order in which it was seen. */
    public List<AuditFinding> findings() {
        return List.copyOf(findings);
    }

    /** How many findings there are. */
    public long found() {
        return found;
    }

    /** Files that were looked into. */
    public long files() {
        return files;
    }

    /** Records in them that could be read. */
    public long records() {
        return records;
    }

    /** Bytes of them. */
    public long bytes() {
        return bytes;
    }

    /** Files among them that no digest vouches for yet. */
    public long unsealedFiles() {
        return unsealedFiles;
    }

    /** Records in those. */
    public long unsealedRecords() {
        return unsealedRecords;
    }

    /** Digests whose signature is right. */
    public long digests() {
        return digests;
    }

    /** Tenants with a chain in what was looked at. */
    public int tenants() {
        return tenants;
    }

    /** Ids of keys that digests were signed with and that were not given. */
    public SortedSet<String> unknownKeys() {
        return unknownKeys;
    }

    /** The last of the digests; null if there is none. */
    public @Nullable Digest newest() {
        return newest;
    }
}
