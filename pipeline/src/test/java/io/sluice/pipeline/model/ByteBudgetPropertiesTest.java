package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ByteBudgetPropertiesTest {
    private static final long MOST = 100;

    /** Positive numbers take, others give the oldest back. */
    @Property
    void boundHoldsTurnsComeInOrderAndEverybodysComes(
            @ForAll @Size(max = 200) List<@IntRange(min = -60, max = 130) Integer> steps) {
        ByteBudget budget = new ByteBudget(MOST);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        ArrayDeque<Long> admitted = new ArrayDeque<>();
        for (int step : steps) {
            if (step > 0) {
                CompletableFuture<Void> turn = budget.take(step);
                all.add(turn.thenAccept(done -> admitted.add((long) step)));
            } else if (!admitted.isEmpty()) {
                budget.giveBack(admitted.poll());
            }
            assertThat(budget.taken()).isBetween(0L, MOST);
            int turns = (int) all.stream().filter(CompletableFuture::isDone).count();
            assertThat(all.subList(0, turns)).allMatch(CompletableFuture::isDone);
        }
        while (!admitted.isEmpty()) {
            budget.giveBack(admitted.poll());
        }
        assertThat(all).allMatch(CompletableFuture::isDone);
        assertThat(budget.taken()).isZero();
    }
}
