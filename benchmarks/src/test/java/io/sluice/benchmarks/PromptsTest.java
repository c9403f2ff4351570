package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PromptsTest {
    @Test
    void uniqueBodiesNeverRepeat() {
        Supplier<String> bodies = Prompts.unique();
        Supplier<String> others = Prompts.unique();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(bodies.get())).isTrue();
            assertThat(seen.add(others.get())).isTrue();
        }
    }

    @Test
    void bodiesOfAPriorityNameItAndTheModel() {
        assertThat(Prompts.of("m", "low").get())
                .startsWith("{\"priority\":\"low\",\"model\":\"m\",");
    }

    @Test
    void theFirstOfTwoRanksIsTwiceAsFrequentAsTheSecond() {
        double[] cumulative = Prompts.cumulative(2);
        assertThat(cumulative[0]).isEqualTo(2 / 3.0);
        assertThat(Prompts.rank(cumulative, 0.66)).isZero();
        assertThat(Prompts.rank(cumulative, 0.67)).isEqualTo(1);
        assertThat(Prompts.rank(cumulative, 1)).isEqualTo(1);
    }
}
