package io.sluice.pipeline.metering;

import io.sluice.contract.UsageItem;
import io.sluice.pipeline.usage.UsageChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * The operator that counts usage, gathering moves for now shorter, now longer. Now and then it is
 * killed: it begins again from its last checkpoint and reads everything since once more.
 */
final class KilledMetering implements AutoCloseable {
    private static final int MOST_READ_AGAIN = 3_000;
    private static final int MOST_GATHERED = 4_000;
    private static final int CHECKPOINT_EVERY = 40_000;

    private final Random random;
    private final Consumer<UsageItem> table;
    private final List<UsageChange> sinceCheckpoint = new ArrayList<>();
    private UsageHarness harness = new UsageHarness(false, null);
    private OperatorSubtaskState checkpoint;
    private int untilGiven = 1;
    private int untilKilled;
    private int untilCheckpoint = CHECKPOINT_EVERY;
    private int kills;

    KilledMetering(long seed, Consumer<UsageItem> table) throws Exception {
        this.random = new Random(seed);
        this.table = table;
    }

    void count(UsageChange change) {
        try {
            if (checkpoint != null) {
                sinceCheckpoint.add(change);
            }
            process(change);
            if (checkpoint != null && --untilKilled == 0) {
                kill();
            } else if (checkpoint == null && --untilCheckpoint == 0) {
                checkpoint = harness.snapshot();
                untilKilled = 1 + random.nextInt(MOST_READ_AGAIN);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the operator failed", e);
        }
    }

    int kills() {
        return kills;
    }

    void finish() throws Exception {
        harness.finish();
        harness.drainTo(table);
    }

    private void process(UsageChange change) throws Exception {
        harness.process(change);
        if (--untilGiven == 0) {
            untilGiven = 1 + random.nextInt(MOST_GATHERED);
            harness.passTo(change.bookedAtMillis());
            harness.drainTo(table);
        }
    }

    private void kill() throws Exception {
        harness.drainTo(table);
        harness.close();
        harness = new UsageHarness(false, checkpoint);
        checkpoint = null;
        untilCheckpoint = CHECKPOINT_EVERY;
        kills++;
        for (UsageChange change : sinceCheckpoint) {
            process(change);
        }
        sinceCheckpoint.clear();
    }

    @Override
    public void close() {
        harness.close();
    }
}
