package io.sluice.ingress.batch;

import io.sluice.contract.ResultStatus;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many requests of a batch have ended, by how.
 *
 * @param total all of them
 * @param ended those with a result; a status without any is left out
 */
record Progress(int total, Map<ResultStatus, Integer> ended) {
    /** Nothing. */
    static Progress none() {
        return new Progress(0, Map.of());
    }

    /** Both together. */
    Progress plus(Progress other) {
        Map<ResultStatus, Integer> sum = new EnumMap<>(ResultStatus.class);
        sum.putAll(ended);
        other.ended.forEach((status, count) -> sum.merge(status, count, Integer::sum));
        return new Progress(total + other.total, sum);
    }

    /** The same with so many more of the total ended. */
    Progress and(ResultStatus status, int more) {
        return plus(new Progress(0, Map.of(status, more)));
    }

    /** How many have ended as that. */
    int of(ResultStatus status) {
        return ended.getOrDefault(status, 0);
    }

    /** How many have ended. */
    int done() {
        return ended.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether all have. */
    boolean isComplete() {
        return done() == total;
    }
}
