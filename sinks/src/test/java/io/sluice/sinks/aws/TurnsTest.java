package io.sluice.sinks.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void whoHasLittleToDoWaitsForOneOfAnothersMany() {
        Turns<String> turns = new Turns<>();
        for (int i = 0; i < 100; i++) {
            turns.add("flood", Stage.START, "flood" + i);
        }
        turns.add("person", Stage.START, "person");

        assertThat(List.of(turns.next(), turns.next())).containsExactly("flood0", "person");
    }

    @Test
    void whatEndsGoesBeforeWhatStartsInItsOwnLineAlone() {
        Turns<String> turns = new Turns<>();
        turns.add("a", Stage.START, "a starts 1");
        turns.add("a", Stage.START, "a starts 2");
        turns.add("b", Stage.START, "b starts");
        turns.add("a", Stage.END, "a ends 1");
        turns.add("a", Stage.END, "a ends 2");

        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            taken.add(turns.next());
        }

        assertThat(taken)
                .containsExactly("a ends 1", "b starts", "a ends 2", "a starts 1", "a starts 2");
    }

    @Test
    void whatIsNewTakesTurnsWithWhatAnEarlierRunLeft() {
        Turns<String> turns = new Turns<>();
        for (int i = 0; i < 100; i++) {
            turns.add("a", Stage.AGAIN, "again " + i);
        }
        turns.next();
        turns.add("a", Stage.START, "new 0");
        turns.add("a", Stage.START, "new 1");
        turns.add("a", Stage.START, "new 2");

        assertThat(List.of(turns.next(), turns.next(), turns.next(), turns.next(), turns.next()))
                .containsExactly("new 0", "again 1", "new 1", "again 2", "new 2");
    }

    @Test
    void nothingIsTakenWhereNothingWaits() {
        assertThatThrownBy(new Turns<String>()::next).isInstanceOf(NoSuchElementException.class);
    }

    /** Also after any history, and all that came is taken, each line in its order. */
    @Property
    void nobodyIsPassedTwiceByTheSameOther(@ForAll long seed) {
        Random random = new Random(seed);
        Turns<int[]> turns = new Turns<>();
        Map<Integer, Integer> added = new HashMap<>();
        Map<Integer, Integer> taken = new HashMap<>();
        Map<Integer, List<Integer>> since = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            int line = random.nextInt(5) * random.nextInt(2);
            if (random.nextInt(5) > 1) {
                turns.add(
                        "t" + line,
                        Stage.AGAIN,
                        new int[] {line, added.merge(line, 1, Integer::sum)});
                since.putIfAbsent(line, new ArrayList<>());
            } else if (!since.isEmpty()) {
                take(turns.next(), added, taken, since);
            }
        }
        while (!since.isEmpty()) {
            take(turns.next(), added, taken, since);
        }
        assertThat(taken).isEqualTo(added);
    }

    private static void take(
            int[] next,
            Map<Integer, Integer> added,
            Map<Integer, Integer> taken,
            Map<Integer, List<Integer>> since) {
        int line = next[0];
        assertThat(taken.merge(line, 1, Integer::sum)).isEqualTo(next[1]);
        since.remove(line);
        since.values().forEach(passed -> passed.add(line));
        since.values().forEach(passed -> assertThat(passed).doesNotHaveDuplicates());
        if (!taken.get(line).equals(added.get(line))) {
            since.put(line, new ArrayList<>());
        }
    }
}
