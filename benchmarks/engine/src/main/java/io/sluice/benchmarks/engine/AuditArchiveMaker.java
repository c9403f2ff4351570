package io.sluice.benchmarks.engine;

import io.sluice.contract.CacheMode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.pipeline.enforce.AuditedEngine;
import io.sluice.pipeline.enforce.MemoryTenantState;
import io.sluice.pipeline.enforce.TenantState;
import io.sluice.sinks.archive.AuditArchive;
import io.sluice.sinks.archive.FlinkArchiveStore;
import io.sluice.sinks.seal.Sealer;
import io.sluice.sinks.seal.SealingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Writes the archive that so many records of a busy system leave: {@code AuditArchiveMaker FOLDER
 * RECORDS TENANTS}. Two writers' files every ten seconds of 2,000 requests a second, a digest each
 * minute, and beside the folder its public key. Half of the prompts are one of five.
 */
public final class AuditArchiveMaker {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);
    private static final int PER_SECOND = 2_000;
    private static final int CHECKPOINT_SECONDS = 10;
    private static final int CHECKPOINTS_PER_DIGEST = 6;
    private static final long LATENCY_MILLIS = 800;

    private final Path folder;
    private final int tenants;
    private final Sealer sealer;
    private final Random random = new Random(1);
    private final AuditedEngine engine = new AuditedEngine();
    private final Map<String, TenantState> states = new HashMap<>();
    private final EffectivePolicy policy = Requests.policy(600, 1_000_000);
    private final Deque<RequestFacts> open = new ArrayDeque<>();
    private long made;

    private AuditArchiveMaker(Path folder, int tenants) throws IOException {
        this.folder = folder;
        this.tenants = tenants;
        Path key = folder.resolveSibling("audit-key.pem");
        Files.createDirectories(folder);
        SigningKeyFile.makeIfMissing(key);
        this.sealer =
                new Sealer(
                        FlinkArchiveStore.at(folder.toUri().toString()),
                        new MemoryAnchor(),
                        SigningKeyFile.read(key),
                        Duration.ofDays(8));
    }

    /** Writes it. */
    public static void main(String[] args) throws IOException, SealingException {
        Path folder = Path.of(args[0]);
        long records = Long.parseLong(args[1]);
        AuditArchiveMaker maker = new AuditArchiveMaker(folder, Integer.parseInt(args[2]));
        maker.write(records);
        System.out.println(maker.made + " records in " + folder);
    }

    private void write(long records) throws IOException, SealingException {
        long atMillis = Requests.NOON;
        for (int checkpoint = 1; made < records; checkpoint++) {
            atMillis = checkpoint(atMillis, checkpoint);
            if (checkpoint % CHECKPOINTS_PER_DIGEST == 0 || made >= records) {
                sealer.seal(atMillis);
            }
        }
    }

    private long checkpoint(long fromMillis, int checkpoint) throws IOException {
        long millis = fromMillis;
        List<List<AuditRecord>> writers = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < CHECKPOINT_SECONDS * PER_SECOND; i++) {
            millis = fromMillis + i * 1_000L / PER_SECOND;
            request(millis, writers);
        }
        for (int writer = 0; writer < writers.size(); writer++) {
            String name =
                    HOUR.format(Instant.ofEpochMilli(fromMillis))
                            + "/audit-%d-%d.parquet".formatted(writer, checkpoint);
            store(name, writers.get(writer));
        }
        return fromMillis + CHECKPOINT_SECONDS * 1_000L;
    }

    private void request(long millis, List<List<AuditRecord>> writers) {
        while (!open.isEmpty() && open.getFirst().receivedAtMillis() + LATENCY_MILLIS <= millis) {
            RequestFacts ended = open.removeFirst();
            keep(
                    engine.onOutcome(
                            state(ended.tenantId()),
                            Requests.outcome(ended.tenantId(), ended.requestId(), millis),
                            millis,
                            new LastDecision()),
                    writers);
        }
        String tenant = "tenant-" + (int) (tenants * Math.pow(random.nextDouble(), 3));
        RequestFacts facts =
                Requests.request(
                        tenant,
                        Ids.of(millis, made + 1),
                        millis,
                        policy,
                        random.nextBoolean() ? CacheMode.DEFAULT : CacheMode.BYPASS,
                        random.nextInt(5));
        LastDecision decided = new LastDecision();
        keep(engine.onRequest(state(tenant), facts, millis, decided), writers);
        if (decided.last() != null && decided.last().outcome() == Verdict.INVOKED) {
            open.add(facts);
        }
    }

    private TenantState state(String tenantId) {
        return states.computeIfAbsent(tenantId, id -> new MemoryTenantState());
    }

    private void keep(@Nullable AuditRecord record, List<List<AuditRecord>> writers) {
        if (record != null) {
            made++;
            writers.get(record.tenantId().hashCode() & 1).add(record);
        }
    }

    private void store(String name, List<AuditRecord> records) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        var path = new org.apache.flink.core.fs.Path(file.toUri());
        try (FSDataOutputStream out =
                LocalFileSystem.getSharedInstance().create(path, WriteMode.OVERWRITE)) {
            BulkWriter<AuditRecord> writer = AuditArchive.files().create(out);
            for (AuditRecord record : records) {
                writer.addElement(record);
            }
            writer.finish();
        }
    }
}
