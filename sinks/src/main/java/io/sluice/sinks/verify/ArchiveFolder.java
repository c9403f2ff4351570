package io.sluice.sinks.verify;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive on a local disk: record files as {@code date=…/hour=…/….parquet}, digests as {@code
 * digests/date=…/….json}, and documents beside them. Files are named by their path below it, with
 * {@code /} between folders. What begins with a dot is not there yet.
 */
public final class ArchiveFolder {
    private static final String DIGESTS = "digests/";
    private static final String DATE = "date=";
    private static final String ENDING = ".parquet";
    private static final Pattern HOUR =
            Pattern.compile("date=(\\d{4})-(\\d\\d)-(\\d\\d)/hour=(\\d\\d)/[^/]+");

    private final Path root;

    private ArchiveFolder(Path root) {
        this.root = root;
    }

    /**
     * The archive in that folder.
     *
     * @throws NoSuchFileException if there is none
     */
    public static ArchiveFolder at(Path root) throws NoSuchFileException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(
                    root.toString(), null, "there is no such folder, so no archive to read");
        }
        return new ArchiveFolder(root.toAbsolutePath().normalize());
    }

    /** Where it lies. */
    public Path root() {
        return root;
    }

    /** Names of the record files. */
    public SortedSet<String> recordFiles() throws IOException {
        SortedSet<String> names = names(root);
        names.removeIf(name -> !isRecordFile(name));
        return names;
    }

    /** Names of files that lie among the record files, but are none. */
    public SortedSet<String> strangers() throws IOException {
        SortedSet<String> names = names(root);
        names.removeIf(name -> isRecordFile(name) || !isAmongRecords(name));
        return names;
    }

    /** Names of the record files of hours that begin before that time, epoch milliseconds. */
    public SortedSet<String> recordFilesUntil(long toMillis) throws IOException {
        SortedSet<String> names = recordFiles();
        names.removeIf(name -> hourMillis(name) >= toMillis);
        return names;
    }

    /** Names of the digests, which are in the order of their numbers. */
    public SortedSet<String> digests() throws IOException {
        return names(root.resolve(DIGESTS));
    }

    private SortedSet<String> names(Path below) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        if (Files.isDirectory(below)) {
            Files.walkFileTree(below, new Names(names));
        }
        return names;
    }

    /** Whether a file of that name holds records. */
    static boolean isRecordFile(String name) {
        if (!name.endsWith(ENDING) || !HOUR.matcher(name).matches()) {
            return false;
        }
        try {
            hourMillis(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a file of that name is taken for one of records by whoever queries the archive. */
    private static boolean isAmongRecords(String name) {
        return name.startsWith(DATE) || name.endsWith(ENDING);
    }

    /**
     * The beginning of the hour in which a file's records arrived, epoch milliseconds.
     *
     * @throws IllegalArgumentException if it is no record file, or of no hour
     */
    static long hourMillis(String name) {
        Matcher parts = HOUR.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no record file: " + name);
        }
        try {
            LocalDate day = LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
            return day.atTime(number(parts, 4), 0).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("of no date: " + name, e);
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /**
     * The file of that name.
     *
     * @throws IllegalArgumentException if the name leads out of the archive
     */
    public Path path(String name) {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException("leads out of the archive: " + name);
        }
        return path;
    }

    private final class Names extends SimpleFileVisitor<Path> {
        private final SortedSet<String> names;

        private Names(SortedSet<String> names) {
            this.names = names;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (!file.getFileName().toString().startsWith(".")) {
                names.add(name);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
