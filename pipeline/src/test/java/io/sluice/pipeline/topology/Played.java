package io.sluice.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.json.DecisionJson;
import io.sluice.contract.json.Json;
import io.sluice.pipeline.enforce.Exit;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Comparisons of what the runs of a job gave out for a tenant with what had to leave. */
final class Played {
    private Played() {}

    /**
     * Every exit gave the expected lines in their order. A run after another one may first repeat
     * what was given before, to the bit, but not more than {@code mostRepeated} lines.
     *
     * @return how many lines were repeated
     */
    static int assertGaveOut(
            PlayedLog log, String tenantId, Map<Exit, List<String>> expected, int mostRepeated) {
        int repeated = 0;
        for (Exit exit : Exit.values()) {
            List<String> lines = expected.get(exit);
            int reached = 0;
            for (PlayedLog.Run run : log.runs()) {
                List<String> seen =
                        run.outputs.getOrDefault(tenantId, Map.of()).getOrDefault(exit, List.of());
                int from =
                        Collections.lastIndexOfSubList(
                                lines.subList(0, end(lines, reached, seen)), seen);
                assertThat(from)
                        .as(
                                "%s of %s: where in %s, of which %s were given before, are %s",
                                exit, tenantId, lines, reached, seen)
                        .isNotNegative();
                assertThat(reached - from).isLessThanOrEqualTo(mostRepeated);
                repeated += seen.isEmpty() ? 0 : reached - from;
                reached = Math.max(reached, from + seen.size());
            }
            assertThat(lines.subList(reached, lines.size()))
                    .as("%s of %s that were not given", exit, tenantId)
                    .isEmpty();
        }
        return repeated;
    }

    /** A run goes on where the one before it was, or earlier. */
    private static int end(List<String> lines, int reached, List<String> seen) {
        return Math.min(lines.size(), reached + seen.size());
    }

    /** The decisions that a run gave out for a tenant, in order, spelled out. */
    static List<String> decisions(PlayedLog.Run run, String tenantId) {
        Map<Exit, List<String>> outputs = run.outputs.getOrDefault(tenantId, Map.of());
        return Stream.concat(
                        outputs.getOrDefault(Exit.CALLS, List.of()).stream()
                                .map(line -> Json.parse(line.substring(0, line.indexOf(" for ")))),
                        outputs.getOrDefault(Exit.RESULTS, List.of()).stream()
                                .map(line -> Json.parse(line).get("decision")))
                .map(DecisionJson::read)
                .sorted(Comparator.comparingLong(Decision::seq))
                .map(decision -> DecisionJson.write(decision).toString())
                .toList();
    }
}
