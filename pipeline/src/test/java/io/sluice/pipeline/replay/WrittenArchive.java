package io.sluice.pipeline.replay;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.ChainSegment;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.audit.FileChains;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleLog;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.json.SignedDigestJson;
import io.sluice.pipeline.enforce.AuditedEngine;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.MemoryTenantState;
import io.sluice.pipeline.enforce.NoEffects;
import io.sluice.pipeline.enforce.TenantState;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.AuditArchive;
import io.sluice.sinks.seal.DigestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.jspecify.annotations.Nullable;

/** An archive as a running system leaves it, written without one: files, and digests over them. */
public final class WrittenArchive {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private final Path root;
    private final KeyPair pair;
    private final MerkleLog log = MerkleLog.empty();
    private final List<SealedFile> files = new ArrayList<>();
    private final Map<String, ChainHead> moved = new TreeMap<>();
    private int written;
    private @Nullable Digest last;

    /** An empty one, signed by a new key. */
    public WrittenArchive(Path root) {
        this(root, Ed25519Keys.generate());
    }

    /** An empty one, signed by that key. */
    public WrittenArchive(Path root, KeyPair pair) {
        this.root = root;
        this.pair = pair;
    }

    /** What a tenant's log comes to, by this build's engine. */
    public static List<AuditRecord> records(List<LogRecord> log) {
        TenantState state = new MemoryTenantState();
        AuditedEngine engine = new AuditedEngine();
        NoEffects effects = new NoEffects();
        List<AuditRecord> records = new ArrayList<>();
        for (LogRecord event : log) {
            AuditRecord record;
            if (event.event() instanceof RequestEvent request) {
                record = engine.onRequest(state, request.facts(), event.arrivedAtMillis(), effects);
            } else if (event.event() instanceof OutcomeEvent outcome) {
                record = engine.onOutcome(state, outcome.facts(), event.arrivedAtMillis(), effects);
            } else {
                record =
                        engine.onCommand(
                                state,
                                (CommandEvent) event.event(),
                                event.arrivedAtMillis(),
                                effects);
            }
            if (record != null) {
                records.add(record);
            }
        }
        return records;
    }

    /**
     * Cuts all tenants' records into slices of arrival, and writes and seals each, with as many
     * files as two writers leave.
     *
     * @return what was written, by file
     */
    public Map<String, List<AuditRecord>> writeAll(
            Collection<List<AuditRecord>> tenants, long sliceMillis) throws IOException {
        Map<Long, Map<String, List<AuditRecord>>> slices = new TreeMap<>();
        for (List<AuditRecord> records : tenants) {
            long at = 0;
            for (AuditRecord record : records) {
                at = Math.max(at, record.arrivedAtMillis());
                String writer = record.tenantId().hashCode() % 2 == 0 ? "audit-0" : "audit-1";
                String folder = HOUR.format(Instant.ofEpochMilli(record.arrivedAtMillis()));
                slices.computeIfAbsent(at / sliceMillis, slice -> new TreeMap<>())
                        .computeIfAbsent(folder + '/' + writer, name -> new ArrayList<>())
                        .add(record);
            }
        }
        Map<String, List<AuditRecord>> all = new TreeMap<>();
        for (Map.Entry<Long, Map<String, List<AuditRecord>>> slice : slices.entrySet()) {
            for (Map.Entry<String, List<AuditRecord>> file : slice.getValue().entrySet()) {
                String name = file.getKey() + '-' + written + ".parquet";
                write(name, file.getValue());
                all.put(name, file.getValue());
            }
            seal((slice.getKey() + 1) * sliceMillis);
        }
        return all;
    }

    /** Writes a file, which the next digest names. */
    public void write(String name, List<AuditRecord> records) throws IOException {
        writeUnsealed(name, records);
        byte[] bytes = Files.readAllBytes(root.resolve(name));
        files.add(new SealedFile(name, Hex.of(AuditRecord.hashOf(bytes)), records.size()));
        FileChains chains = new FileChains(name, finding -> {});
        records.forEach(chains::add);
        for (ChainSegment segment : chains.segments()) {
            ChainHead head =
                    new ChainHead(segment.tenantId(), segment.lastSeq(), segment.lastHash());
            moved.merge(head.tenantId(), head, (a, b) -> a.seq() > b.seq() ? a : b);
        }
    }

    /** Writes a file that no digest names. */
    public void writeUnsealed(String name, List<AuditRecord> records) throws IOException {
        written++;
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(file.toUri());
        try (FSDataOutputStream out =
                LocalFileSystem.getSharedInstance().create(path, WriteMode.OVERWRITE)) {
            BulkWriter<AuditRecord> writer = AuditArchive.files().create(out);
            for (AuditRecord record : records) {
                writer.addElement(record);
            }
            writer.finish();
        }
    }

    /** Writes the digest of what was written since the one before. */
    public Digest seal(long toMillis) throws IOException {
        var key = Ed25519Keys.signing(pair);
        Digest digest =
                Digest.after(
                        last,
                        toMillis - 60_000,
                        toMillis,
                        files,
                        new ArrayList<>(moved.values()),
                        log,
                        key.keyId());
        Path file = root.resolve(name(digest));
        Files.createDirectories(file.getParent());
        Files.write(file, SignedDigestJson.write(digest, key));
        files.clear();
        moved.clear();
        last = digest;
        return digest;
    }

    /** The name of a digest. */
    public static String name(Digest digest) {
        return DigestFiles.name(digest);
    }

    /** The records of a file. */
    public static List<AuditRecord> read(Path path) throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        try (ArchiveFile file = ArchiveFile.open(path)) {
            for (AuditRecord next = file.next(); next != null; next = file.next()) {
                records.add(next);
            }
        }
        return records;
    }

    /** The newest digest; null before the first. */
    public @Nullable Digest last() {
        return last;
    }

    /** Where it lies. */
    public Path root() {
        return root;
    }

    /** What digests are checked with. */
    public PublicKey publicKey() {
        return pair.getPublic();
    }
}
