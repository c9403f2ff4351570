package io.sluice.sinks.seal;

import io.sluice.contract.audit.SealedFile;
import io.sluice.sinks.archive.ArchiveStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the archive's files that no digest names yet. The folders of this and the last hour are
 * looked at each time, and those that follow one with a new file; all of the look-back at first and
 * once an hour, because records of a log that waited go to folders of long ago; and in the first
 * hour all since the newest that was sealed before, because a system that was down has such a log.
 * Files that are not complete begin with a dot and are no files yet. What it holds grows with the
 * files of the look-back.
 */
final class NewFiles {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter FOLDER_TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("'date='uuuu-MM-dd'/hour='HH")
                    .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                    .toFormatter(Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final ArchiveStore archive;
    private final TreeMap<String, Set<String>> sealed = new TreeMap<>();
    private final Set<String> active = new TreeSet<>();
    private final Set<String> missed = new TreeSet<>();
    private long wholeAtMillis = Long.MIN_VALUE;

    NewFiles(ArchiveStore archive) {
        this.archive = archive;
    }

    private static String folder(long atMillis) {
        return FOLDER.format(Instant.ofEpochMilli(atMillis));
    }

    /** Takes a file as sealed. */
    void seal(SealedFile file) {
        int slash = file.name().lastIndexOf('/');
        sealed.computeIfAbsent(
                        file.name().substring(0, Math.max(0, slash)), folder -> new HashSet<>())
                .add(file.name().substring(slash + 1));
    }

    /**
     * The names of new files.
     *
     * @param fromMillis folders before this hour get none
     */
    List<String> find(long fromMillis, long nowMillis) throws IOException {
        boolean whole = wholeAtMillis == Long.MIN_VALUE || nowMillis - wholeAtMillis >= HOUR_MILLIS;
        String first = fromMillis <= 0 ? "" : folder(fromMillis);
        if (whole) {
            noteMissed(first, nowMillis);
        }
        Set<String> folders = whole ? all(first) : new TreeSet<>(active);
        folders.addAll(missed);
        folders.add(folder(nowMillis - HOUR_MILLIS));
        folders.add(folder(nowMillis));
        List<String> found = new ArrayList<>();
        Set<String> nowActive = new TreeSet<>();
        for (String folder : folders) {
            if (add(folder, found)) {
                nowActive.add(folder);
                nowActive.add(next(folder));
            }
        }
        active.clear();
        active.addAll(nowActive);
        if (whole) {
            wholeAtMillis = nowMillis;
            sealed.headMap(first).clear();
        }
        return found;
    }

    /** The folders of the time in which nobody sealed, until all of them were looked at again. */
    private void noteMissed(String first, long nowMillis) {
        missed.clear();
        if (wholeAtMillis == Long.MIN_VALUE && !sealed.isEmpty()) {
            String newest = sealed.lastKey();
            String folder = newest.compareTo(first) < 0 ? first : newest;
            while (folder.compareTo(folder(nowMillis)) < 0) {
                missed.add(folder);
                folder = next(folder);
            }
        }
    }

    /** Whether that is an hour's folder; others are no part of the archive. */
    private static boolean isFolder(String name) {
        try {
            return folder(FOLDER_TIME.parse(name, Instant::from).toEpochMilli()).equals(name);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String next(String folder) {
        return folder(FOLDER_TIME.parse(folder, Instant::from).toEpochMilli() + HOUR_MILLIS);
    }

    private Set<String> all(String first) throws IOException {
        Set<String> folders = new TreeSet<>();
        for (String date : archive.list("")) {
            if (date.matches("date=[0-9]{4}-[0-9]{2}-[0-9]{2}")
                    && date.compareTo(first.substring(0, Math.min(15, first.length()))) >= 0) {
                for (String hour : archive.list(date)) {
                    String folder = date + '/' + hour;
                    if (isFolder(folder) && folder.compareTo(first) >= 0) {
                        folders.add(folder);
                    }
                }
            }
        }
        return folders;
    }

    private boolean add(String folder, List<String> found) throws IOException {
        Set<String> known = sealed.getOrDefault(folder, Set.of());
        int before = found.size();
        for (String name : archive.list(folder)) {
            if (name.endsWith(".parquet") && !name.startsWith(".") && !known.contains(name)) {
                found.add(folder + '/' + name);
            }
        }
        return found.size() > before;
    }

    /** The names known as sealed, for tests of what is forgotten. */
    Map<String, Set<String>> known() {
        return sealed;
    }
}
