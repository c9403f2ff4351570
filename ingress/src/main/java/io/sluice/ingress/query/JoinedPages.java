package io.sluice.ingress.query;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same part of a listing, read in several tables, as one page.
 *
 * @param items in the listing's order, each key once
 * @param last the key after which the listing goes on; null at its end
 */
public record JoinedPages<T>(List<T> items, @Nullable String last) {
    /**
     * Joins pages of at least one table.
     *
     * @param pages in each, items follow {@code order}; {@code last} is null if there are no more
     * @param key what the listing is ordered by
     * @param newer which of two items of one key counts
     * @param limit the most items that are wanted
     */
    public static <T> JoinedPages<T> of(
            List<JoinedPages<T>> pages,
            Function<T, String> key,
            Comparator<String> order,
            BinaryOperator<T> newer,
            int limit) {
        if (pages.size() == 1) {
            return pages.get(0);
        }
        // Beyond the end of a page that was cut its table may have items that were not read.
        @Nullable String end =
                pages.stream()
                        .map(JoinedPages::last)
                        .filter(Objects::nonNull)
                        .min(order)
                        .orElse(null);
        TreeMap<String, T> joined = new TreeMap<>(order);
        for (JoinedPages<T> page : pages) {
            for (T item : page.items()) {
                if (end == null || order.compare(key.apply(item), end) <= 0) {
                    joined.merge(key.apply(item), item, newer);
                }
            }
        }
        if (joined.size() <= limit) {
            return new JoinedPages<>(List.copyOf(joined.values()), end);
        }
        List<T> first = joined.values().stream().limit(limit).toList();
        return new JoinedPages<>(first, key.apply(first.get(limit - 1)));
    }
}
