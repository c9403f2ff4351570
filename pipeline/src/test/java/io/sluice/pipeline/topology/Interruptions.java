package io.sluice.pipeline.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * When the runs of a job end before the log does. A run that is killed reads a part of the log,
 * goes on when it has a checkpoint, and dies a few records out later; one that is stopped reads a
 * part of the log and waits.
 */
final class Interruptions {
    /** One run's end. */
    private record End(double part, int lines) {}

    private static final int NEVER = Integer.MAX_VALUE;

    private final List<End> ends = new ArrayList<>();

    private Interruptions() {}

    /** The first run reads to the end. */
    static Interruptions none() {
        return new Interruptions();
    }

    /** So many runs are killed, each further on than the one before. */
    static Interruptions kills(int kills, Random random) {
        Interruptions all = new Interruptions();
        for (int kill = 1; kill <= kills; kill++) {
            double part = (kill - random.nextDouble()) / (kills + 1);
            all.ends.add(new End(part, 1 + random.nextInt(200)));
        }
        return all;
    }

    /** The first run is stopped where so much of every shard is read. */
    static Interruptions stopAt(double part) {
        Interruptions all = new Interruptions();
        all.ends.add(new End(part, NEVER));
        return all;
    }

    int count() {
        return ends.size();
    }

    /** Whether a run has come to where it waits, in a shard of that size. */
    boolean holdsBack(int run, int position, int size) {
        return run < ends.size() && position >= ends.get(run).part * size;
    }

    /** Whether a run ends by being killed. */
    boolean endsByItself(int run) {
        return linesUntilKilled(run) < NEVER;
    }

    /** How many lines a run still gives out once it has a checkpoint. */
    int linesUntilKilled(int run) {
        return run < ends.size() ? ends.get(run).lines : NEVER;
    }
}
