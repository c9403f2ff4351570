package io.sluice.local.command.e2e;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Looks for texts in every file below a folder: in UTF-8, in UTF-16 of both byte orders, and in
 * Base64 however the text lies in it; in compressed files also behind gzip, and in each record of
 * an archive of decisions. What compresses whole blocks (Snappy, LZ4) leaves a text that was not
 * seen before as it is.
 */
final class Canaries {
    private static final int CHUNK = 16 << 20;

    private final Map<String, String> needles = new LinkedHashMap<>();

    /** Looks for that text, too. */
    void add(String name, String text) {
        needles.put(form(text, StandardCharsets.UTF_8), name);
        needles.put(form(text, StandardCharsets.UTF_16LE), name + " in UTF-16LE");
        needles.put(form(text, StandardCharsets.UTF_16BE), name + " in UTF-16BE");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            // Characters that depend on what stands around are left out.
            int first = shift == 0 ? 0 : shift + 1;
            int whole = shifted.length / 3 * 4;
            String base64 = Base64.getEncoder().encodeToString(shifted);
            String url = Base64.getUrlEncoder().encodeToString(shifted);
            needles.put(base64.substring(first, whole), name + " in Base64");
            needles.put(url.substring(first, whole), name + " in Base64 for URLs");
        }
    }

    private static String form(String text, Charset charset) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    /** Each text that was found, with the file; names in {@code spared} are not looked into. */
    List<String> in(Path folder, String... spared) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files =
                    all.filter(Files::isRegularFile)
                            .filter(
                                    f ->
                                            !Arrays.asList(spared)
                                                    .contains(f.getFileName().toString()))
                            .toList();
        }
        for (Path file : files) {
            for (String name : inFile(file)) {
                found.add(name + ": " + folder.relativize(file));
            }
        }
        return found;
    }

    private List<String> inFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<String> found = new ArrayList<>(inStream(in));
            if (isGzip(file)) {
                try (InputStream unzipped = new GZIPInputStream(Files.newInputStream(file))) {
                    found.addAll(inStream(unzipped));
                }
            }
            if (isArchive(file)) {
                found.addAll(inRecords(file));
            }
            return found;
        } catch (NoSuchFileException e) {
            return List.of(); // of a running system
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> inRecords(Path file) throws IOException {
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        try (ArchiveFile archive = ArchiveFile.open(file)) {
            for (AuditRecord record = archive.next(); record != null; record = archive.next()) {
                bodies.write(record.body());
            }
        }
        return inStream(new ByteArrayInputStream(bodies.toByteArray()));
    }

    /** A file that is being written has another name. */
    private static boolean isArchive(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".parquet") && !name.startsWith(".");
    }

    private List<String> inStream(InputStream in) throws IOException {
        List<String> found = new ArrayList<>();
        byte[] overlap = new byte[0];
        while (true) {
            byte[] chunk = in.readNBytes(CHUNK);
            if (chunk.length == 0) {
                return found.stream().distinct().toList();
            }
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.write(overlap);
            joined.write(chunk);
            String text = joined.toString(StandardCharsets.ISO_8859_1);
            needles.forEach(
                    (needle, name) -> {
                        if (text.contains(needle)) {
                            found.add(name);
                        }
                    });
            overlap = Arrays.copyOfRange(chunk, Math.max(0, chunk.length - 1_024), chunk.length);
        }
    }

    private static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }
}
