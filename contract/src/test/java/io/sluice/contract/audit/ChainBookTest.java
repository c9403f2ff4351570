package io.sluice.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.audit.AuditFinding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChainBookTest {
    private static final String[] TENANTS = {"acme", "beta", "c"};

    private final List<AuditFinding> findings = new ArrayList<>();

    @Property
    void filesOfWholeChainsAreFineInAnyOrder(
            @ForAll @IntRange(min = 1, max = 60) int count, @ForAll Random random) {
        List<List<AuditRecord>> files = files(count, random);
        Collections.shuffle(files, random);
        ChainBook book = read(files);
        assertThat(findings).isEmpty();
        for (String tenant : TENANTS) {
            files.stream()
                    .flatMap(List::stream)
                    .filter(record -> record.tenantId().equals(tenant))
                    .max((a, b) -> Long.compare(a.seq(), b.seq()))
                    .ifPresent(
                            last ->
                                    assertThat(book.head(tenant))
                                            .isEqualTo(
                                                    new ChainHead(
                                                            tenant,
                                                            last.seq(),
                                                            Hex.of(last.hash()))));
        }
    }

    /** A2: wherever a record is changed, taken away, put in twice or swapped, it is found there. */
    @Property
    void a2WhatIsDoneToARecordIsFoundAndLocated(
            @ForAll @IntRange(min = 4, max = 60) int count, @ForAll Random random) {
        List<List<AuditRecord>> files = files(count, random);
        List<AuditRecord> file = files.get(random.nextInt(files.size()));
        Assume.that(file.size() > 1);
        int at = random.nextInt(file.size() - 1);
        AuditRecord hit = file.get(at);
        boolean last =
                files.stream()
                        .flatMap(List::stream)
                        .noneMatch(r -> r.tenantId().equals(hit.tenantId()) && r.seq() > hit.seq());
        switch (random.nextInt(4)) {
            case 0 -> {
                file.set(at, flipped(hit, random));
                read(files);
                assertThat(findings).anyMatch(finding -> finding.seq() == hit.seq());
            }
            case 1 -> {
                Assume.that(!last);
                file.remove(at);
                read(files);
                assertThat(findings)
                        .anyMatch(f -> f.kind() == Kind.GAP && f.seq() == hit.seq() + 1);
            }
            case 2 -> {
                file.add(at, hit);
                read(files);
                assertThat(findings)
                        .anyMatch(f -> f.kind() == Kind.REPEATED && f.seq() <= hit.seq());
            }
            default -> {
                AuditRecord forged = forged(hit);
                Assume.that(!last);
                file.set(at, forged);
                read(files);
                assertThat(findings)
                        .anyMatch(f -> f.kind() == Kind.FORK && f.seq() == hit.seq() + 1);
            }
        }
        assertThat(findings).allMatch(finding -> hit.tenantId().equals(finding.tenantId()));
    }

    @Example
    void chainThatWasCutOffIsFoundByItsSealedHead() {
        List<List<AuditRecord>> files = files(9, new Random(3));
        ChainBook book = read(files);
        ChainHead head = java.util.Objects.requireNonNull(book.head("acme"));
        book.reaches(head, "digest-1");
        assertThat(findings).isEmpty();
        book.reaches(new ChainHead("acme", head.seq() + 1, head.hash()), "digest-2");
        book.reaches(new ChainHead("nobody", 1, head.hash()), "digest-2");
        book.reaches(new ChainHead("acme", head.seq(), "00"), "digest-3");
        assertThat(findings)
                .extracting(AuditFinding::kind)
                .containsExactly(Kind.TRUNCATED, Kind.TRUNCATED, Kind.FORK);
    }

    @Example
    void partOfAnArchiveMayBeginAnywhere() {
        List<AuditRecord> chain = new ArrayList<>();
        files(30, new Random(5)).forEach(chain::addAll);
        chain.removeIf(record -> record.seq() < 4);
        ChainBook part = new ChainBook(false, findings::add);
        FileChains file = new FileChains("f", findings::add);
        chain.forEach(file::add);
        file.segments().forEach(part::add);
        part.end();
        assertThat(findings).isEmpty();
    }

    private ChainBook read(List<List<AuditRecord>> files) {
        findings.clear();
        ChainBook book = new ChainBook(true, findings::add);
        for (int i = 0; i < files.size(); i++) {
            FileChains file = new FileChains("file-" + i, findings::add);
            files.get(i).forEach(file::add);
            file.segments().forEach(book::add);
        }
        book.end();
        return book;
    }

    /** Chains of a few tenants, each file with a part of each. */
    private static List<List<AuditRecord>> files(int count, Random random) {
        byte[][] hashes = {AuditRecord.genesis(), AuditRecord.genesis(), AuditRecord.genesis()};
        long[] seqs = new long[TENANTS.length];
        List<List<AuditRecord>> files = new ArrayList<>();
        files.add(new ArrayList<>());
        for (int i = 0; i < count; i++) {
            int tenant = random.nextInt(TENANTS.length);
            AuditRecord record = record(TENANTS[tenant], ++seqs[tenant], hashes[tenant], 0);
            hashes[tenant] = record.hash();
            files.get(files.size() - 1).add(record);
            if (random.nextInt(6) == 0) {
                files.add(new ArrayList<>());
            }
        }
        return files;
    }

    private static AuditRecord record(String tenantId, long seq, byte[] previous, int cost) {
        byte[] body =
                new CanonicalWriter()
                        .beginObject()
                        .field("arrived_at_millis", 1_000 + seq)
                        .field("cost", cost)
                        .field("kind", "outcome")
                        .field("prev_hash", Hex.of(previous))
                        .field("seq", seq)
                        .field("tenant_id", tenantId)
                        .endObject()
                        .toBytes();
        return AuditRecord.seal(tenantId, seq, AuditKind.OUTCOME, 1_000 + seq, body);
    }

    /** With one bit of the body another; tenant and number are found in the columns still. */
    private static AuditRecord flipped(AuditRecord record, Random random) {
        byte[] body = record.body().clone();
        int bit = random.nextInt(8 * body.length);
        body[bit / 8] ^= (byte) (1 << bit % 8);
        return new AuditRecord(
                record.tenantId(),
                record.seq(),
                record.kind(),
                record.arrivedAtMillis(),
                record.hash(),
                body);
    }

    /** Whole in itself, but another one. */
    private static AuditRecord forged(AuditRecord record) {
        String body = new String(record.body(), StandardCharsets.UTF_8);
        return AuditRecord.seal(
                record.tenantId(),
                record.seq(),
                record.kind(),
                record.arrivedAtMillis(),
                body.replace("\"cost\":0", "\"cost\":1").getBytes(StandardCharsets.UTF_8));
    }
}
