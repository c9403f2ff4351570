package io.sluice.sinks.story;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.Json;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.ArchiveReading;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one request's records where they can be, instead of everywhere: in the hours around the
 * time at which its id was made, from there to an hour after its hold has to have ended, and, if
 * its end is missing still because the job did not run, hour by hour up to a day. Holds one row
 * group in memory at a time. Blocks; not thread-safe.
 */
public final class StorySearch {
    /** Clocks may differ by so much, and a tenant's next event may come so late. */
    static final long SKEW_MILLIS = 3_600_000;

    /** A call may end so long after its deadline (the engine's grace). */
    static final long GRACE_MILLIS = 1_200_000;

    /** The search ends so long after the id was made, whatever is missing still. */
    static final long MOST_MILLIS = 24 * 3_600_000L;

    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final int LOOK_UP_EVERY = 1_024;
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private final ArchiveReading archive;
    private final String requestId;
    private final BooleanSupplier enough;
    private final RequestRecords records;
    private long recordsRead;
    private long searchedToMillis = Long.MIN_VALUE;

    /**
     * A search, of which there is one for each request.
     *
     * @param tenantId whose records alone; null if whoever's
     * @param enough whether to stop; asked again and again while files are read
     */
    public StorySearch(
            ArchiveReading archive,
            String requestId,
            @Nullable String tenantId,
            BooleanSupplier enough) {
        this.archive = archive;
        this.requestId = requestId;
        this.enough = enough;
        this.records = new RequestRecords(requestId, tenantId);
    }

    /**
     * The story; empty if no record of the request is there, as before the job's next checkpoint.
     *
     * @param madeAtMillis when the id was made, epoch milliseconds
     * @throws SearchStoppedException if it was enough
     * @throws IOException if a file cannot be read
     */
    public Optional<Story> from(long madeAtMillis) throws IOException {
        read(madeAtMillis - SKEW_MILLIS, madeAtMillis + SKEW_MILLIS);
        Optional<AuditRecord> own = records.found().stream().filter(this::isOwn).findFirst();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        long last = madeAtMillis + MOST_MILLIS;
        read(searchedToMillis + 1, Math.min(lastMillis(own.get()), last));
        Story story = story(own.get().tenantId());
        while (!story.ended() && searchedToMillis < last) {
            read(searchedToMillis + 1, Math.min(searchedToMillis + MILLIS_PER_HOUR, last));
            story = story(own.get().tenantId());
        }
        return Optional.of(story);
    }

    private Story story(String tenantId) {
        return Story.of(
                requestId,
                records.found().stream()
                        .filter(record -> record.tenantId().equals(tenantId))
                        .collect(Collectors.toList()));
    }

    /** Arrivals up to then were looked for, epoch milliseconds. */
    public long searchedToMillis() {
        return searchedToMillis;
    }

    /** How many records were looked into. */
    public long recordsRead() {
        return recordsRead;
    }

    private boolean isOwn(AuditRecord record) {
        return record.kind() == AuditKind.REQUEST
                && requestId.equals(
                        Json.parse(record.body()).path("input").path("request_id").asText());
    }

    private static long lastMillis(AuditRecord own) {
        return Json.parse(own.body()).path("input").path("deadline_at_millis").asLong()
                + GRACE_MILLIS
                + SKEW_MILLIS;
    }

    private void read(long fromMillis, long toMillis) throws IOException {
        if (toMillis < fromMillis) {
            return;
        }
        long firstHour = Math.floorDiv(fromMillis, MILLIS_PER_HOUR);
        long lastHour = Math.floorDiv(toMillis, MILLIS_PER_HOUR);
        for (long hour = firstHour; hour <= lastHour; hour++) {
            String folder = FOLDER.format(Instant.ofEpochMilli(hour * MILLIS_PER_HOUR));
            for (String name : archive.list(folder)) {
                if (name.endsWith(".parquet") && !name.startsWith(".")) {
                    file(folder + '/' + name, fromMillis, toMillis);
                }
            }
        }
        searchedToMillis = toMillis;
    }

    private void file(String name, long fromMillis, long toMillis) throws IOException {
        stopIfEnough();
        try (ArchiveFile file = archive.open(name).arrivedWithin(fromMillis, toMillis)) {
            for (AuditRecord record = file.next(); record != null; record = file.next()) {
                recordsRead++;
                if (recordsRead % LOOK_UP_EVERY == 0) {
                    stopIfEnough();
                }
                if (fromMillis <= record.arrivedAtMillis()
                        && record.arrivedAtMillis() <= toMillis) {
                    records.accept(record);
                }
            }
        }
    }

    private void stopIfEnough() throws SearchStoppedException {
        if (enough.getAsBoolean()) {
            throw new SearchStoppedException(recordsRead);
        }
    }
}
