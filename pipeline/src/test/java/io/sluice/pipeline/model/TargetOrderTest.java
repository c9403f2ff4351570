package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetOrderTest {
    private static final Target EAST = Target.of("m", "us-east-1", ServiceTier.DEFAULT);
    private static final Target WEST = Target.of("m", "us-west-2", ServiceTier.DEFAULT);
    private static final Target OWN = Target.of("n");
    private static final Route ROUTE =
            new Route(List.of(of(EAST, 0, 3), of(WEST, 0, 1), of(OWN, 1, 9)), 0, null);

    private static Candidate of(Target target, int rank, int weight) {
        return new Candidate(target, rank, weight, TargetQuota.ofModel("m"));
    }

    private static List<Target> order(String id, int attempt, Set<Target> failed) {
        return TargetOrder.of(ROUTE, "eu-west-1", id, attempt, failed);
    }

    @Test
    void ranksComeInTheirOrderAndATargetWithoutARegionIsInTheJobsOwn() {
        Target own = Target.of("n", "eu-west-1", ServiceTier.DEFAULT);
        for (int i = 0; i < 100; i++) {
            List<Target> order = order("req_" + i, 1, Set.of());
            assertThat(order).containsExactlyInAnyOrder(EAST, WEST, own);
            assertThat(order.get(2)).isEqualTo(own);
        }
    }

    @Test
    void equalRanksShareTheLoadByWeight() {
        long east =
                IntStream.range(0, 10_000)
                        .filter(i -> order("req_" + i, 1, Set.of()).get(0).equals(EAST))
                        .count();
        assertThat(east).isBetween(7_300L, 7_700L);
    }

    @Test
    void sameRequestAndAttemptGiveTheSameOrderAndAttemptsDiffer() {
        assertThat(order("req_1", 2, Set.of())).isEqualTo(order("req_1", 2, Set.of()));
        long moved =
                IntStream.range(0, 1_000)
                        .filter(
                                i ->
                                        !order("req_" + i, 1, Set.of())
                                                .equals(order("req_" + i, 2, Set.of())))
                        .count();
        assertThat(moved).as("3 in 8 are expected to").isBetween(300L, 450L);
    }

    @Test
    void whereTheRequestFailedComesLast() {
        assertThat(order("req_1", 2, Set.of(EAST, WEST)).subList(0, 1))
                .extracting(Target::model)
                .containsExactly("n");
        assertThat(order("req_1", 2, Set.of(EAST)).get(2)).isEqualTo(EAST);
    }
}
