package io.sluice.pipeline.topology.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardFamiliesTest {
    private final ShardFamilies families = new ShardFamilies(Set.of("restored"), Set.of("over"));

    @Test
    void shardOfTheFirstGenerationBeginsAtOnce() {
        families.saw("a", List.of());
        assertThat(families.mayBegin("a")).isTrue();
    }

    @Test
    void childOfASplitWaitsForItsParent() {
        families.saw("a", List.of());
        families.saw("b", List.of("a"));
        assertThat(families.mayBegin("b")).isFalse();
        families.ended(Set.of("a"));
        assertThat(families.mayBegin("b")).isTrue();
    }

    @Test
    void childOfAMergeWaitsForBothParents() {
        families.saw("a", List.of());
        families.saw("b", List.of());
        families.saw("c", List.of("a", "b"));
        families.ended(Set.of("a"));
        assertThat(families.mayBegin("c")).isFalse();
        families.ended(Set.of("b"));
        assertThat(families.mayBegin("c")).isTrue();
    }

    @Test
    void grandchildWaitsThoughItsGrandparentsHaveEnded() {
        families.saw("a", List.of());
        families.saw("b", List.of("a"));
        families.saw("c", List.of("b"));
        families.ended(Set.of("a"));
        assertThat(families.mayBegin("c")).isFalse();
    }

    @Test
    void parentThatLeftTheStreamKeepsNobodyWaiting() {
        families.saw("b", List.of("gone"));
        assertThat(families.mayBegin("b")).isTrue();
    }

    @Test
    void whatARestoredCheckpointHadBegunGoesOn() {
        families.saw("a", List.of());
        families.saw("restored", List.of("a"));
        families.saw("child", List.of("over"));
        families.saw("over", List.of());
        assertThat(families.mayBegin("restored")).isTrue();
        assertThat(families.mayBegin("child")).isTrue();
    }
}
