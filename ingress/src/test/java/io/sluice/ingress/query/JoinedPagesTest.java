package io.sluice.ingress.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class JoinedPagesTest {
    /** Reading on page by page gives every key of two tables once, in order, in pages that fit. */
    @Property
    void pagesOfTwoTablesGiveEveryKeyOnce(
            @ForAll @Size(max = 12) List<@IntRange(max = 20) Integer> one,
            @ForAll @Size(max = 12) List<@IntRange(max = 20) Integer> other,
            @ForAll @IntRange(min = 1, max = 5) int limit,
            @ForAll boolean newestFirst) {
        Comparator<String> order =
                newestFirst ? Comparator.reverseOrder() : Comparator.naturalOrder();
        TreeSet<String> expected = new TreeSet<>(order);
        expected.addAll(keys(one));
        expected.addAll(keys(other));
        List<String> read = new ArrayList<>();
        @Nullable String after = null;
        do {
            JoinedPages<String> page =
                    JoinedPages.of(
                            List.of(
                                    page(keys(one), order, after, limit),
                                    page(keys(other), order, after, limit)),
                            key -> key,
                            order,
                            (first, second) -> first,
                            limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            read.addAll(page.items());
            after = page.last();
        } while (after != null);
        assertThat(read).containsExactlyElementsOf(expected);
    }

    private static List<String> keys(List<Integer> numbers) {
        return numbers.stream().map(n -> String.format("%02d", n)).distinct().toList();
    }

    /** As DynamoDB pages: with a last key whenever the limit was reached. */
    private static JoinedPages<String> page(
            List<String> keys, Comparator<String> order, @Nullable String after, int limit) {
        List<String> items =
                keys.stream()
                        .sorted(order)
                        .filter(key -> after == null || order.compare(key, after) > 0)
                        .limit(limit)
                        .toList();
        return new JoinedPages<>(items, items.size() == limit ? items.get(limit - 1) : null);
    }
}
