package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.FileChains;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.SealedFile;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Looks into one file: its bytes against the digest that names it, and its records against
 * themselves. A file with other bytes is read as well, as far as it can be, so that what changed is
 * found. Holds one row group at a time.
 */
final class FileCheck implements Callable<CheckedFile> {
    private static final int CHUNK = 1 << 16;

    private final ArchiveFolder folder;
    private final VerifyScope scope;
    private final String name;
    private final @Nullable SealedFile sealed;
    private final List<AuditFinding> findings = new ArrayList<>();
    private final FileChains chains;
    private long records;
    private long bytes;

    /**
     * A look into a file.
     *
     * @param sealed what a digest says of it; null if none does
     */
    FileCheck(ArchiveFolder folder, VerifyScope scope, String name, @Nullable SealedFile sealed) {
        this.folder = folder;
        this.scope = scope;
        this.name = name;
        this.sealed = sealed;
        this.chains = new FileChains(name, findings::add);
    }

    @Override
    public CheckedFile call() throws IOException {
        Path path = folder.path(name);
        if (!Files.isRegularFile(path)) {
            found(AuditFinding.Kind.MISSING_FILE, "a digest names it, but it is not there");
        } else {
            read(path, isChanged(path));
        }
        return new CheckedFile(name, findings, chains.segments(), records, bytes);
    }

    private boolean isChanged(Path path) throws IOException {
        String sha256 = sha256(path);
        if (sealed == null || sealed.sha256().equals(sha256)) {
            return false;
        }
        found(
                AuditFinding.Kind.CHANGED_FILE,
                "it was sealed with the SHA-256 " + sealed.sha256() + ", but has " + sha256);
        return true;
    }

    private void read(Path path, boolean changed) {
        if (!ArchiveFolder.isRecordFile(name)) {
            return;
        }
        try {
            records(path);
        } catch (IOException e) {
            found(AuditFinding.Kind.UNREADABLE_FILE, reason(e));
            return;
        } catch (VirtualMachineError e) {
            if (!changed && sealed != null) {
                throw e;
            }
            found(
                    AuditFinding.Kind.UNREADABLE_FILE,
                    "a length in it asks for more memory than there is");
            return;
        }
        if (!changed && sealed != null && sealed.records() != records) {
            found(
                    AuditFinding.Kind.CHANGED_FILE,
                    "it was sealed with " + sealed.records() + " records, but has " + records);
        }
    }

    private void records(Path path) throws IOException {
        try (ArchiveFile file = ArchiveFile.open(path)) {
            AuditRecord record = file.next();
            while (record != null) {
                records++;
                if (scope.hasRecord(record)) {
                    chains.add(record);
                }
                record = file.next();
            }
        }
    }

    /** Names the file as the archive does, not as this machine does. */
    private String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.replace(folder.path(name).toString(), "it");
    }

    private void found(AuditFinding.Kind kind, String message) {
        findings.add(AuditFinding.ofFile(kind, name, message));
    }

    private String sha256(Path path) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                bytes += read;
            }
        }
        return Hex.of(digest.digest());
    }
}
