package io.sluice.objects.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The file with the key that wraps a machine's data keys: 32 random bytes in Base64, readable for
 * its owner alone. Without it no payload can be read any more: it belongs into a backup of its own.
 */
public final class MasterKeyFile {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private static final SecureRandom RANDOM = new SecureRandom();

    private MasterKeyFile() {}

    /** Makes the file unless it is there; one process at a time wins. */
    public static void createIfMissing(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.exists(file) || directory == null) {
            return;
        }
        Files.createDirectories(directory);
        byte[] key = new byte[DataKey.BYTES];
        RANDOM.nextBytes(key);
        Path draft = Files.createTempFile(directory, ".master-", ""); // for its owner only
        try {
            Files.writeString(draft, Base64.getEncoder().encodeToString(key) + '\n');
            if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            }
            Files.createLink(file, draft); // unlike a move, never over another one
        } catch (FileAlreadyExistsException e) {
            // another process made it
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Its 32 bytes; {@link IllegalArgumentException} says what is wrong with the file. */
    static byte[] read(Path file) {
        String text;
        try {
            refuseReadableForOthers(file);
            text = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).trim();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the master key file "
                            + file
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + "); expected the one that payloads were sealed under so far, from its"
                            + " backup",
                    e);
        }
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == DataKey.BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // said below, without the text
        }
        throw new IllegalArgumentException(
                "the master key file " + file + " does not hold 32 bytes in Base64");
    }

    private static void refuseReadableForOthers(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> seen = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(seen)) {
            throw new IllegalArgumentException(
                    "the master key file "
                            + file
                            + " has mode "
                            + PosixFilePermissions.toString(seen)
                            + ", expected one for its owner alone: chmod 600 "
                            + file);
        }
    }
}
