package io.sluice.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.AuditRecordJson;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.AuditArchive;
import io.sluice.sinks.verify.ArchiveFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The released history, folded as a job. */
class FoldJobITCase {
    private static final Path HISTORY =
            Path.of("../../pipeline/src/test/resources/history/engine-1");
    private static final Span ALWAYS = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    @TempDir private Path scratch;
    @TempDir private Path archive;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(HISTORY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = archive.resolve(HISTORY.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void a1HistoryIsDecidedAgainToTheBitWhateverTheParallelism() throws Exception {
        JsonNode one = verify(1, null);
        assertThat(one.path("fine").asBoolean()).as("%s", one).isTrue();
        assertThat(one.path("records").asLong()).isGreaterThan(100);
        assertThat(one.path("tenants").asLong()).isGreaterThan(2);
        assertThat(verify(2, null)).isEqualTo(one);
        assertThat(verify(8, null)).isEqualTo(one);
        JsonNode own = verify(2, "tenant-1");
        assertThat(own.path("tenants").asLong()).isEqualTo(1);
        assertThat(own.path("fine").asBoolean()).isTrue();
    }

    @Test
    void firstDifferenceIsShownByItsFields() throws Exception {
        String name = ArchiveFolder.at(archive).recordFiles().first();
        List<AuditRecord> records = read(name);
        int at = changeable(records);
        AuditRecord record = records.get(at);
        String body = new String(record.body(), StandardCharsets.UTF_8);
        String forged = body.replaceFirst("\"pending\":(\\d)", "\"pending\":7$1");
        records.set(
                at,
                AuditRecord.seal(
                        record.tenantId(),
                        record.seq(),
                        record.kind(),
                        record.arrivedAtMillis(),
                        forged.getBytes(StandardCharsets.UTF_8)));
        write(name, records);
        JsonNode result = verify(2, null);
        assertThat(result.path("fine").asBoolean()).isFalse();
        JsonNode difference = result.path("differences").path(0);
        assertThat(difference.path("tenant_id").asText()).isEqualTo(record.tenantId());
        assertThat(difference.path("seq").asLong()).isEqualTo(record.seq());
        assertThat(difference.path("difference").toString()).contains("after.pending: recorded 7");
    }

    /**
     * The fold compares hashes only; so the reader has to see that they are those of the bodies.
     */
    @Test
    void recordWhoseBodyHasNotItsHashDiffers() throws Exception {
        String name = ArchiveFolder.at(archive).recordFiles().first();
        List<AuditRecord> records = read(name);
        int at = changeable(records);
        AuditRecord record = records.get(at);
        String body = new String(record.body(), StandardCharsets.UTF_8);
        String forged = body.replaceFirst("\"pending\":(\\d)", "\"pending\":7$1");
        records.set(at, withBody(record, forged));
        write(name, records);
        JsonNode difference = verify(2, null).path("differences").path(0);
        assertThat(difference.path("tenant_id").asText()).isEqualTo(record.tenantId());
        assertThat(difference.path("seq").asLong()).isEqualTo(record.seq());
        assertThat(difference.path("difference").toString()).contains("after.pending: recorded 7");

        records.set(at, withBody(record, "no record"));
        write(name, records);
        difference = verify(2, null).path("differences").path(0);
        assertThat(difference.path("seq").asLong()).isEqualTo(record.seq());
        assertThat(difference.path("difference").toString()).contains("it cannot be read");
    }

    /** With the hash that it had before. */
    private static AuditRecord withBody(AuditRecord record, String body) {
        return new AuditRecord(
                record.tenantId(),
                record.seq(),
                record.kind(),
                record.arrivedAtMillis(),
                record.hash(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void streamGivesTheSameHistoryHoweverOftenItHasARecord() throws Exception {
        List<AuditRecord> records = new ArrayList<>();
        for (String name : ArchiveFolder.at(archive).recordFiles()) {
            records.addAll(read(name));
        }
        List<AuditRecord> again = new ArrayList<>(records);
        again.addAll(records.subList(0, records.size() / 2));
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Collections.shuffle(again, new Random(seed));
        Path stream = Files.createDirectories(scratch.resolve("stream"));
        for (int shard = 0; shard < 2; shard++) {
            try (OutputStream out = Files.newOutputStream(stream.resolve(shard + ".jsonl"))) {
                for (int i = shard; i < again.size(); i += 2) {
                    out.write(AuditRecordJson.write(again.get(i)));
                    out.write('\n');
                }
            }
        }
        JsonNode archived = verify(2, null);
        for (ArchiveFolder there : new ArchiveFolder[] {null, ArchiveFolder.at(archive)}) {
            FoldJob job = new FoldJob(there, null, Long.MAX_VALUE, 2, scratch);
            job.addStream(stream);
            assertThat(new VerifyReplay().run(job, ALWAYS)).isEqualTo(archived);
        }
    }

    @Test
    void recordThatIsTwiceInAnArchiveIsADifference() throws Exception {
        String name = ArchiveFolder.at(archive).recordFiles().first();
        write(name.replace("audit-", "audit-9"), read(name));
        JsonNode result = verify(2, null);
        assertThat(result.path("fine").asBoolean()).isFalse();
        assertThat(result.path("differences").toString()).contains("is there already");
    }

    @Test
    void historyWithoutItsBeginningIsNotFolded() throws Exception {
        String name = ArchiveFolder.at(archive).recordFiles().first();
        List<AuditRecord> records = read(name);
        AuditRecord first = records.remove(0);
        write(name, records);
        JsonNode result = verify(2, first.tenantId());
        assertThat(result.path("differences").path(0).path("difference").toString())
                .contains("no record " + first.seq() + " is there");
    }

    @Test
    void historyIsToldUnderOtherTerms() throws Exception {
        Path policy = scratch.resolve("policy.yaml");
        Files.writeString(
                policy,
                """
                tiers:
                  free: {requests_per_minute: 1, requests_per_day: 2}
                  business: {requests_per_minute: 1, requests_per_day: 2}
                """);
        JsonNode result = whatIf(2, policy);
        assertThat(result.path("tenants").size()).isGreaterThan(2);
        for (JsonNode tenant : result.path("tenants")) {
            assertThat(tenant.path("would").path("requests"))
                    .isEqualTo(tenant.path("happened").path("requests"));
        }
        assertThat(result.path("would").path("rejected").path("requests-per-day").asLong())
                .isPositive();
        assertThat(result.path("would").path("admitted").asLong())
                .isLessThan(result.path("happened").path("admitted").asLong());
        assertThat(result.path("assumptions").size()).isGreaterThan(3);
        assertThat(whatIf(1, policy)).as("whatever the parallelism").isEqualTo(result);

        String page = HtmlReport.of(result);
        assertThat(page)
                .contains("requests-per-day", "uPlot")
                .doesNotContain("/*DATA*/", "/*UPLOT-JS*/", "src=\"http", "href=\"http");
    }

    private JsonNode verify(int parallelism, @Nullable String tenant) throws Exception {
        return new VerifyReplay().run(job(parallelism, tenant), ALWAYS);
    }

    private JsonNode whatIf(int parallelism, Path policy) throws Exception {
        return new WhatIfReplay()
                .run(
                        job(parallelism, null),
                        new TermsFiles(policy.toString(), null, archive.toString()),
                        ALWAYS);
    }

    private FoldJob job(int parallelism, @Nullable String tenant) throws IOException {
        return new FoldJob(ArchiveFolder.at(archive), tenant, Long.MAX_VALUE, parallelism, scratch);
    }

    private static int changeable(List<AuditRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            if (new String(records.get(i).body(), StandardCharsets.UTF_8)
                    .contains("\"pending\":")) {
                return i;
            }
        }
        throw new AssertionError("no record has counters");
    }

    private List<AuditRecord> read(String name) throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        try (ArchiveFile file = ArchiveFile.open(archive.resolve(name))) {
            for (AuditRecord next = file.next(); next != null; next = file.next()) {
                records.add(next);
            }
        }
        return records;
    }

    private void write(String name, List<AuditRecord> records) throws IOException {
        var path = new org.apache.flink.core.fs.Path(archive.resolve(name).toUri());
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
