package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.ChainBook;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.ChainSegment;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.SealedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Walks an archive: every digest in order, every file that they name, and every record in those.
 * Whatever was changed, taken out, put in, exchanged or cut off since it was sealed is found, and
 * where: the file always, the tenant and the record's number wherever the file can still be read.
 * What no digest names yet is no finding as long as it goes on where the sealed chains end.
 *
 * <p>Files are looked into on several threads, a few at a time. What is held grows with tenants and
 * with names of files, not with records. Used once, by one thread.
 */
public final class ArchiveVerifier {
    /** Files under way for each thread, so that none waits. */
    private static final int AHEAD = 4;

    private final ArchiveFolder folder;
    private final VerifyScope scope;
    private final Collection<TrustedHead> trusted;
    private final VerifyProgress progress;
    private final int threads;
    private final VerifyReport report = new VerifyReport();
    private final DigestChain chain;
    private final ChainBook book;
    private final DigestHeads heads = new DigestHeads(report::found);
    private final Set<String> tenants = new HashSet<>();
    private final Deque<Batch> batches = new ArrayDeque<>();
    private int underWay;

    /**
     * A check that has not begun.
     *
     * @param keys that may have signed digests
     * @param trusted digests that have to be there
     * @param threads that look into files, at least 1
     */
    public ArchiveVerifier(
            ArchiveFolder folder,
            Collection<PublicKey> keys,
            Collection<TrustedHead> trusted,
            VerifyScope scope,
            int threads,
            VerifyProgress progress) {
        this.folder = folder;
        this.scope = scope;
        this.trusted = List.copyOf(trusted);
        this.threads = threads;
        this.progress = progress;
        this.chain = new DigestChain(keys, report::found);
        this.book = new ChainBook(!scope.isPart(), report::found);
    }

    /**
     * Walks the archive.
     *
     * @throws IOException if files could not be read for a reason that is not theirs
     */
    public VerifyReport run() throws IOException, InterruptedException {
        SortedSet<String> unnamed = folder.recordFiles();
        unnamed.removeIf(name -> !scope.hasFile(name));
        progress.begins(unnamed.size());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            sealed(workers, unnamed);
            finishAll(0);
            unsealed(workers, unnamed);
            finishAll(0);
            strangers();
        } finally {
            workers.shutdownNow();
        }
        book.end();
        if (!scope.isPart()) {
            heads.reachedBy(book);
        }
        report.tenants(tenants.size());
        report.unknownKeys(chain.unknownKeys());
        return report;
    }

    private void sealed(ExecutorService workers, Set<String> unnamed)
            throws IOException, InterruptedException {
        Set<TrustedHead> awaited = new HashSet<>(trusted);
        for (String name : folder.digests()) {
            Digest digest = chain.next(name, Files.readAllBytes(folder.path(name)));
            if (digest != null) {
                report.digest(digest);
                awaited.removeIf(head -> isThere(head, digest, name));
                begin(workers, name, digest, unnamed);
                finishAll(threads * AHEAD);
            }
        }
        for (TrustedHead head : awaited) {
            report.found(
                    AuditFinding.ofFile(
                            AuditFinding.Kind.TRUNCATED,
                            head.source(),
                            "it knows of a digest number "
                                    + head.number()
                                    + ", which is not there; the last one that is has number "
                                    + chain.number()));
        }
    }

    private boolean isThere(TrustedHead head, Digest digest, String name) {
        if (head.number() != digest.number()) {
            return false;
        }
        if (!head.isOf(digest)) {
            report.found(
                    AuditFinding.ofFile(
                            AuditFinding.Kind.FORK,
                            name,
                            "it is another digest number "
                                    + head.number()
                                    + " than the one that "
                                    + head.source()
                                    + " knows"));
        }
        return true;
    }

    private void begin(ExecutorService workers, String name, Digest digest, Set<String> unnamed) {
        List<SealedFile> meant = new ArrayList<>();
        for (SealedFile file : digest.files()) {
            if (!ArchiveFolder.isRecordFile(file.name()) || scope.hasFile(file.name())) {
                meant.add(file);
            }
        }
        Batch batch = new Batch(name, digest, meant.size() == digest.files().size());
        for (SealedFile file : meant) {
            unnamed.remove(file.name());
            submit(workers, batch, new FileCheck(folder, scope, file.name(), file));
        }
        batches.add(batch);
    }

    private void unsealed(ExecutorService workers, Set<String> unnamed)
            throws IOException, InterruptedException {
        for (String name : unnamed) {
            Batch batch = new Batch(name, null, true);
            submit(workers, batch, new FileCheck(folder, scope, name, null));
            batches.add(batch);
            finishAll(threads * AHEAD);
        }
    }

    private void strangers() throws IOException {
        for (String name : folder.strangers()) {
            report.found(
                    AuditFinding.ofFile(
                            AuditFinding.Kind.UNKNOWN_FILE,
                            name,
                            "it lies among the records, but has no name of theirs: expected"
                                    + " date=…/hour=…/….parquet"));
        }
    }

    private void submit(ExecutorService workers, Batch batch, FileCheck check) {
        batch.running().add(workers.submit(check));
        underWay++;
    }

    /** Waits until no more than so many files are under way. */
    private void finishAll(int but) throws IOException, InterruptedException {
        while (underWay > but || (but == 0 && !batches.isEmpty())) {
            finish(batches.remove());
        }
    }

    private void finish(Batch batch) throws IOException, InterruptedException {
        List<CheckedFile> files = new ArrayList<>();
        for (var running : batch.running()) {
            try {
                files.add(running.get());
            } catch (ExecutionException e) {
                throw new IOException("a file could not be looked into: " + e.getCause(), e);
            }
            underWay--;
        }
        Digest digest = batch.digest();
        List<ChainSegment> segments = new ArrayList<>();
        for (CheckedFile file : files) {
            take(file, digest == null);
            segments.addAll(file.segments());
        }
        segments.sort(Comparator.comparingLong(ChainSegment::firstSeq));
        for (ChainSegment segment : segments) {
            tenants.add(segment.tenantId());
            book.add(segment);
        }
        if (digest != null) {
            Set<ChainHead> ends = batch.ends(files);
            for (ChainHead head : digest.heads()) {
                if (scope.hasTenant(head.tenantId())) {
                    heads.add(head, batch.digestName(), ends);
                }
            }
        }
    }

    private void take(CheckedFile file, boolean unsealed) {
        report.file(file);
        progress.file(file.records());
        file.findings().forEach(report::found);
        if (unsealed) {
            unsealed(file);
        }
    }

    private void unsealed(CheckedFile file) {
        String why = null;
        if (chain.isBroken()) {
            // Which files the digests named that are gone or damaged cannot be told.
            report.unsealed(file);
            return;
        }
        if (file.segments().stream().anyMatch(heads::covers)) {
            why = "it has records that lie where the chain was sealed already";
        } else if (scope.isTooLate(file.name(), chain.toMillis())) {
            why = "it lies in an hour that was sealed long ago";
        }
        if (why == null) {
            report.unsealed(file);
        } else {
            report.found(
                    AuditFinding.ofFile(
                            AuditFinding.Kind.UNKNOWN_FILE,
                            file.name(),
                            "no digest names it, but " + why));
        }
    }
}
