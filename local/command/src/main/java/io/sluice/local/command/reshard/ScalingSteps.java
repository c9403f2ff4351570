package io.sluice.local.command.reshard;

import java.util.ArrayList;
import java.util.List;

/**
 * The shard counts on the way from one to another: one call of UpdateShardCount at most doubles or
 * halves (docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html, 2026-11-23).
 */
final class ScalingSteps {
    private ScalingSteps() {}

    /** Each count to scale to in turn, the wanted one last; none when there is nothing to do. */
    static List<Integer> between(int from, int to) {
        List<Integer> steps = new ArrayList<>();
        int now = from;
        while (now != to) {
            now = now < to ? Math.min(to, now * 2) : Math.max(to, (now + 1) / 2);
            steps.add(now);
        }
        return steps;
    }
}
