package io.sluice.local.notebooks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** The rows that a query has at a time, kept up to date by its changes. */
final class Changelog {
    private static final Comparator<@Nullable Object> NULLS_FIRST =
            Comparator.nullsFirst(Changelog::compareValues);

    private final Map<List<@Nullable Object>, Integer> rows = new HashMap<>();

    void apply(Row change) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < change.getArity(); i++) {
            values.add(change.getField(i));
        }
        boolean added =
                change.getKind() == RowKind.INSERT || change.getKind() == RowKind.UPDATE_AFTER;
        rows.merge(values, added ? 1 : -1, Integer::sum);
        rows.remove(values, 0);
    }

    /** The rows, sorted. */
    List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> sorted = new ArrayList<>();
        rows.forEach(
                (row, times) -> {
                    if (times < 0) {
                        throw new IllegalStateException("a row was taken back that was not there");
                    }
                    for (int i = 0; i < times; i++) {
                        sorted.add(row);
                    }
                });
        sorted.sort(Changelog::compareRows);
        return sorted;
    }

    private static int compareRows(List<@Nullable Object> a, List<@Nullable Object> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = NULLS_FIRST.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compareValues(Object a, Object b) {
        return a instanceof Comparable && a.getClass() == b.getClass()
                ? ((Comparable) a).compareTo(b)
                : a.toString().compareTo(b.toString());
    }
}
