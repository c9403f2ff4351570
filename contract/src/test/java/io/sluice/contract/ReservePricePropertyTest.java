package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What is held for a route is never below what any of its targets may cost. */
class ReservePricePropertyTest {
    @Property
    void holdForSeveralTargetsCoversEachAndIsTheDearestPerSideOfEveryLength(
            @ForAll @Size(min = 1, max = 4) List<@LongRange(min = 0, max = 300) Long> one,
            @ForAll @Size(min = 1, max = 4) List<@LongRange(min = 0, max = 300) Long> other,
            @ForAll @LongRange(min = 0, max = 400) long input,
            @ForAll @LongRange(min = 0, max = 400) long output) {
        ReservePrice a = stepped(one);
        ReservePrice b = stepped(other);
        ReservePrice both = a.max(b);

        assertThat(both.reserve(input, output))
                .isGreaterThanOrEqualTo(
                        Math.max(a.reserve(input, output), b.reserve(input, output)))
                .isLessThanOrEqualTo(
                        Math.addExact(a.reserve(input, output), b.reserve(input, output)));
        assertThat(both).isEqualTo(b.max(a));
        assertThat(a.max(a)).isEqualTo(a);
    }

    /** Steps at the numbers' running sums, priced by them. */
    private static ReservePrice stepped(List<Long> numbers) {
        long[] above = new long[numbers.size()];
        above[0] = -1;
        for (int i = 1; i < above.length; i++) {
            above[i] = above[i - 1] + 1 + numbers.get(i);
        }
        long[] prices = numbers.stream().mapToLong(Long::longValue).toArray();
        long[] others = Arrays.stream(prices).map(price -> 300 - price).toArray();
        return ReservePrice.of(above, prices, others);
    }
}
