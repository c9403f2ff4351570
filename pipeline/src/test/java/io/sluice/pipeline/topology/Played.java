package io.sluice.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
                List<String> near = lines.subList(0, Math.min(lines.size(), reached + seen.size()));
                int from = Collections.lastIndexOfSubList(near, seen);
                if (from < 0) {
                    fail(message(exit, tenantId, lines, seen, reached));
                }
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

    private static String message(
            Exit exit, String tenantId, List<String> lines, List<String> seen, int reached) {
        int first = 0;
        int begin = Math.max(0, Math.min(lines.indexOf(seen.get(0)), reached));
        while (first < seen.size()
                && begin + first < lines.size()
                && seen.get(first).equals(lines.get(begin + first))) {
            first++;
        }
        return exit
                + " of "
                + tenantId
                + ": "
                + reached
                + " of "
                + lines.size()
                + " were given before; seen, as number "
                + first
                + " of "
                + seen.size()
                + ", "
                + (first < seen.size() ? seen.get(first) : "what was given before")
                + ", expected "
                + (begin + first < lines.size() ? lines.get(begin + first) : "no more");
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
