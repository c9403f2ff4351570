package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query of every note, run over an embedded stream and tables, comes to what plain books of
 * the same traffic say: with records that are there twice, calls that were settled twice, records
 * of several events, and what is no event in between.
 */
class NotebooksITCase {
    static final long SEED = 20_261_127;
    static final int REQUESTS = 320;
    private static final Duration MOST = Duration.ofMinutes(10);

    @TempDir private static Path folder;
    private static StreamsAndTables there;
    private static Map<String, List<List<@Nullable Object>>> books;

    @BeforeAll
    static void store() throws IOException {
        World world = new World(SEED).run(REQUESTS);
        List<Books.Booked> booked = booked();
        books = new Books(world, booked).expected();
        there =
                new StreamsAndTables(
                        folder, Instant.ofEpochMilli(world.stream.get(0).arrivedAtMillis()));
        there.store(world);
        there.store(booked);
    }

    @AfterAll
    static void close() throws IOException {
        if (there != null) {
            there.close();
        }
    }

    static List<Path> notes() throws IOException {
        return NotesTest.files();
    }

    @ParameterizedTest
    @MethodSource("notes")
    void everyQueryComesToWhatTheBooksSay(Path file) throws Exception {
        Note note = Note.read(file);
        Map<String, List<List<@Nullable Object>>> seen = new TreeMap<>();
        new NoteRunner(there.settings(note), folder.resolve("scratch"), MOST)
                .run(
                        note,
                        table -> {
                            assertThat(table.complete()).as(table.title()).isTrue();
                            seen.put(note.name() + ": " + table.title(), comparable(table.rows()));
                        });
        Map<String, List<List<@Nullable Object>>> expected = new TreeMap<>(books);
        expected.keySet().removeIf(title -> !title.startsWith(note.name() + ": "));
        // A query that nobody reckoned with fails here, and so does one that did not run.
        assertThat(seen.keySet()).isNotEmpty().isEqualTo(expected.keySet());
        expected.forEach(
                (title, rows) ->
                        assertThat(seen.get(title))
                                .as("%s, seed %d", title, SEED)
                                .isNotEmpty()
                                .containsExactlyElementsOf(comparable(rows)));
    }

    /** Days and hours of two months, and what came when they were closed. */
    private static List<Books.Booked> booked() {
        List<Books.Booked> rows = new ArrayList<>();
        for (String tenant : List.of("acme", "zeta", "a-b_c")) {
            for (String day : List.of("2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01")) {
                long start = Instant.parse(day + "T00:00:00Z").toEpochMilli();
                for (String labels : List.of("m1#default", "m2#default", "m2#default#late#later")) {
                    String key = '#' + day + '#' + labels;
                    long cost = 9_007_199_254_740_993L + tenant.hashCode() + labels.length();
                    rows.add(new Books.Booked(tenant, "day" + key, "day", start, cost));
                    rows.add(new Books.Booked(tenant, "hour" + key, "hour", start, cost));
                }
            }
        }
        return rows;
    }

    /** Whole numbers as longs, decimals without trailing zeros. */
    private static List<List<@Nullable Object>> comparable(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (Object cell : row) {
                cells.add(
                        cell instanceof Integer
                                ? Long.valueOf((Integer) cell)
                                : cell instanceof BigDecimal
                                        ? ((BigDecimal) cell).stripTrailingZeros()
                                        : cell);
            }
            all.add(cells);
        }
        return all;
    }
}
