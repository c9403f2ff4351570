package io.sluice.sinks.relational;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text of statements that write a row once, however often they are sent. */
final class UpsertText {
    private UpsertText() {}

    /** Replaces what is there if its {@code version} is lower than that of the row. */
    static String ifNewer(String table, List<String> key, List<String> values) {
        String assignments =
                values.stream()
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "));
        return insert(table, key, values)
                + " DO UPDATE SET "
                + assignments
                + ", mirrored_at = excluded.mirrored_at WHERE excluded.version > kept.version";
    }

    /** Leaves what is there. */
    static String ifAbsent(String table, List<String> key, List<String> values) {
        return insert(table, key, values) + " DO NOTHING";
    }

    private static String insert(String table, List<String> key, List<String> values) {
        int columns = key.size() + values.size();
        return "INSERT INTO "
                + table
                + " AS kept ("
                + Stream.concat(key.stream(), values.stream()).collect(Collectors.joining(", "))
                + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns, "?"))
                + ") ON CONFLICT ("
                + String.join(", ", key)
                + ")";
    }
}
