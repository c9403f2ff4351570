package io.sluice.contract.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * An Ed25519 key in two files: the private one in PEM form (PKCS #8), for its owner alone, and
 * beside it, under its name and {@code .pub}, the public one in PEM form (X.509), for whoever
 * verifies. The public one may be given away.
 */
public final class SigningKeyFile {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private SigningKeyFile() {}

    /** Where the public key of a private one lies. */
    public static Path publicKeyOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    /** Makes a key if there is none; the private file is the last to be there. */
    public static void makeIfMissing(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        KeyPair pair = Ed25519Keys.generate();
        write(publicKeyOf(file), pem(PUBLIC, pair.getPublic().getEncoded()), "rw-r--r--");
        write(file, pem(PRIVATE, pair.getPrivate().getEncoded()), "rw-------");
    }

    /**
     * Whoever signs with the key of that private file.
     *
     * @throws IOException if it or the public file is missing or no key
     */
    public static SigningKey read(Path file) throws IOException {
        PublicKey open = readPublic(publicKeyOf(file));
        byte[] bytes = bytes(PRIVATE, file);
        SigningKey key;
        try {
            key = Ed25519Keys.signing(new KeyPair(open, Ed25519Keys.privateKey(bytes)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        byte[] word = {1};
        if (!Ed25519Keys.isSigned(open, word, key.sign(word))) {
            throw new IOException(
                    file + " and " + publicKeyOf(file) + " are not of one pair of keys");
        }
        return key;
    }

    /**
     * The public key of that file.
     *
     * @throws IOException if it is missing or none
     */
    public static PublicKey readPublic(Path file) throws IOException {
        try {
            return Ed25519Keys.publicKey(bytes(PUBLIC, file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN "
                + what
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END "
                + what
                + "-----\n";
    }

    private static byte[] bytes(String what, Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
        String begin = "-----BEGIN " + what + "-----";
        String end = "-----END " + what + "-----";
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw new IOException(
                    file
                            + " is no "
                            + what.toLowerCase(Locale.ROOT)
                            + " in PEM form: expected it to begin with "
                            + begin);
        }
        try {
            return Base64.getMimeDecoder()
                    .decode(text.substring(begin.length(), text.length() - end.length()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(permissions)))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
