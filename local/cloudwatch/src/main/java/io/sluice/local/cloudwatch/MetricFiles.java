package io.sluice.local.cloudwatch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One {@link MetricLog} per day of arrival; days that hold nothing inside the retention any more
 * are deleted. Used by one thread.
 */
final class MetricFiles implements Closeable {

    private static final String PREFIX = "metrics-";
    private static final String SUFFIX = ".log";

    private final Path dir;
    private final long retentionDays;
    private long day;
    private MetricLog log;

    MetricFiles(Path dir, Duration retention, long epochDay, Consumer<Sample> replay)
            throws IOException {
        this.dir = dir;
        this.retentionDays =
                retention.toDays() + 1; // what arrives is at most two hours in the future
        this.day = epochDay;
        deleteBefore(epochDay - retentionDays);
        for (Map.Entry<Long, Path> file : files().entrySet()) {
            if (file.getKey() != epochDay) {
                MetricLog.open(file.getValue(), replay).close();
            }
        }
        log = MetricLog.open(file(epochDay), replay);
    }

    /** Appends what arrived on a day; tells whether it is the first of that day. */
    boolean append(List<Sample> samples, long epochDay) throws IOException {
        boolean next = epochDay > day;
        if (next) {
            log.close();
            deleteBefore(epochDay - retentionDays);
            day = epochDay;
            log = MetricLog.open(file(epochDay), ignored -> {});
        }
        log.append(samples);
        return next;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private void deleteBefore(long epochDay) throws IOException {
        for (Path old : files().headMap(epochDay).values()) {
            Files.deleteIfExists(old);
        }
    }

    private NavigableMap<Long, Path> files() throws IOException {
        TreeMap<Long, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(dir, PREFIX + "*" + SUFFIX)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                files.put(
                        Long.parseLong(
                                name.substring(PREFIX.length(), name.length() - SUFFIX.length())),
                        file);
            }
        }
        return files;
    }

    private Path file(long epochDay) {
        return dir.resolve(PREFIX + epochDay + SUFFIX);
    }
}
