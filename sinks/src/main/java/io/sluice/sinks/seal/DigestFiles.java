package io.sluice.sinks.seal;

import io.sluice.contract.audit.Digest;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.SignedDigestJson;
import io.sluice.sinks.archive.ArchiveStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of an archive's digests: {@code
 * digests/date=2026-11-27/digest-0000000042-0123456789abcdef.json}, by the UTC day on which they
 * were taken, with number and the first digits of their hash in the name. So two sealers never
 * write the same file.
 */
public final class DigestFiles {
    private static final String FOLDER = "digests";
    private static final int HASH_DIGITS = 16;
    private static final Pattern NAME =
            Pattern.compile("digest-([0-9]{10,18})-[0-9a-f]{" + HASH_DIGITS + "}\\.json");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private final ArchiveStore archive;

    DigestFiles(ArchiveStore archive) {
        this.archive = archive;
    }

    /** The name of the file that a digest belongs in. */
    public static String name(Digest digest) {
        return name(digest.number(), digest.hash(), digest.toMillis());
    }

    static String name(long number, String hash, long toMillis) {
        return FOLDER
                + '/'
                + DAY.format(Instant.ofEpochMilli(toMillis))
                + String.format(
                        Locale.ROOT,
                        "/digest-%010d-%s.json",
                        number,
                        hash.substring(0, HASH_DIGITS));
    }

    /** The digest with that number and hash. */
    Digest read(long number, String hash, long toMillis) throws IOException, SealingException {
        String name = name(number, hash, toMillis);
        Digest digest;
        try {
            digest = read(name);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new SealingException(
                    name
                            + " is not there, although a later digest or the anchor names it: the"
                            + " archive was truncated, or this is another one. Verify the archive,"
                            + " and restore the file",
                    e);
        }
        if (digest.number() != number || !digest.hash().equals(hash)) {
            throw new SealingException(
                    name
                            + " has the hash "
                            + digest.hash()
                            + ", but was sealed with "
                            + hash
                            + ": it was changed. Verify the archive, and restore the file");
        }
        return digest;
    }

    private Digest read(String name) throws IOException, SealingException {
        try (InputStream in = archive.read(name)) {
            return SignedDigestJson.digest(in.readAllBytes());
        } catch (MalformedJsonException e) {
            throw new SealingException(
                    name + " is no digest: " + e.getMessage() + ". Verify the archive", e);
        }
    }

    /** Digests taken on that day or later whose number is above that, whoever wrote them. */
    List<Digest> above(long number, long fromMillis) throws IOException, SealingException {
        String first = DAY.format(Instant.ofEpochMilli(fromMillis));
        List<Digest> found = new ArrayList<>();
        for (String day : archive.list(FOLDER)) {
            if (day.startsWith("date=") && day.compareTo(first) >= 0) {
                for (String name : archive.list(FOLDER + '/' + day)) {
                    Matcher matcher = NAME.matcher(name);
                    if (matcher.matches() && Long.parseLong(matcher.group(1)) > number) {
                        found.add(read(FOLDER + '/' + day + '/' + name));
                    }
                }
            }
        }
        return found;
    }

    void put(Digest digest, byte[] signed) throws IOException {
        archive.put(name(digest), signed);
    }

    void delete(Digest digest) throws IOException {
        archive.delete(name(digest));
    }
}
