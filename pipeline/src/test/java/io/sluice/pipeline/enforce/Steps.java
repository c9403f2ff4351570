package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import java.util.Random;

/** Draws steps; {@code wild} ones have clocks that do not agree. */
final class Steps {
    private static final long[] TOLERATED = {
        -5_001, -5_000, -4_999, 4_999, 5_000, 5_001, -3_600_000
    };
    private static final long[] WILD = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE};
    private static final long[] HUGE = {
        1_000_000_000_000L, Long.MAX_VALUE / 3, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };
    private static final String[] COMMANDS = {
        Names.EXPIRE,
        Names.EXPIRE,
        Names.CANCEL_REQUEST,
        Names.CANCEL_REQUEST,
        Names.DELETE_SESSION,
        Names.ERASE_TENANT,
        Names.ERASE_TENANT,
        "unknown"
    };

    private final Random random;
    private final boolean wild;

    Steps(Random random, boolean wild) {
        this.random = random;
        this.wild = wild;
    }

    Step next() {
        Step.Move move = move();
        int kind = random.nextInt(100);
        if (kind < 50) {
            return new Step.Request(move, clock(), ask(), random.nextInt(6), idSkew());
        } else if (kind < 82) {
            Ending[] all = Ending.values();
            Ending ending = random.nextInt(3) == 0 ? all[0] : all[random.nextInt(all.length)];
            return new Step.Outcome(move, random.nextInt(10), ending);
        } else if (kind < 89) {
            return new Step.Repeat(move, random.nextInt(10));
        } else if (kind < 94) {
            return new Step.RepeatedOutcome(move, random.nextInt(10));
        }
        return new Step.Command(move, COMMANDS[random.nextInt(COMMANDS.length)], random.nextInt(6));
    }

    private Step.Clock clock() {
        if (!wild) {
            return new Step.Clock(0, false, 0);
        }
        long late = random.nextInt(12) > 0 ? 0 : Policies.pick(random, 1, 4_999, 5_000, 7_000);
        int kind = random.nextInt(100);
        if (kind < 80) {
            return new Step.Clock(0, false, late);
        } else if (kind < 90) {
            return new Step.Clock(random.nextInt(121) - 60, false, late);
        } else if (kind < 97) {
            return new Step.Clock(Policies.pick(random, TOLERATED), false, late);
        }
        return new Step.Clock(Policies.pick(random, WILD), true, late);
    }

    private Step.Ask ask() {
        CacheMode[] modes = CacheMode.values();
        return new Step.Ask(
                random.nextInt(3) > 0 ? 2 : random.nextInt(Models.ALL.size()),
                random.nextInt(3) / 2,
                random.nextInt(7) > 0 ? CacheMode.DEFAULT : modes[random.nextInt(modes.length)],
                random.nextInt(4) == 0,
                random.nextInt(6),
                random.nextInt(6) > 0 ? 0 : 1 + random.nextInt(2),
                random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(2),
                Policies.pick(random, 0, 60_000, 60_000, 1_200_000, 1_200_001, 90_000_000),
                random.nextInt(4) > 0 ? Priority.NORMAL : Priority.values()[random.nextInt(3)],
                size());
    }

    private Step.Size size() {
        int kind = random.nextInt(100);
        if (kind < 12) {
            return new Step.Size.TokensLeft(random.nextInt(3) - 1);
        } else if (kind < 24) {
            return new Step.Size.MoneyLeft(random.nextBoolean(), random.nextInt(3) - 1);
        } else if (kind < 26 && wild) {
            long huge = Policies.pick(random, HUGE);
            return new Step.Size.Plain(random.nextBoolean() ? huge : 1, huge);
        } else if (kind < 35) {
            return new Step.Size.Plain(Policies.pick(random, 99, 100, 101, 1_000, 1_001), 10);
        }
        return new Step.Size.Plain(random.nextInt(40), random.nextInt(100));
    }

    private long idSkew() {
        int kind = random.nextInt(10);
        if (kind < 2) {
            return Step.Request.SHORT_ID;
        }
        return kind < 8 ? 0 : Policies.pick(random, -1, 1, -2_000, 1_000, -3_600_000, 100_000);
    }

    private Step.Move move() {
        int offset = random.nextInt(3) - 1;
        int kind = random.nextInt(1_000);
        if (kind < 560) {
            long most = Policies.pick(random, 1, 20, 3_000, 15_000);
            return new Step.Move.Wait(random.nextInt((int) most));
        } else if (kind < 565) {
            return new Step.Move.Wait(Policies.pick(random, 600_000, 3_600_000, 40_000_000));
        } else if (kind < 830) {
            return new Step.Move.WindowEdge(random.nextInt(13), offset);
        } else if (kind < 950) {
            return new Step.Move.TtlEdge(random.nextInt(4), offset);
        } else if (kind < 975) {
            return new Step.Move.ExpiryEdge(random.nextInt(4), offset);
        }
        return new Step.Move.PeriodEdge(kind > 993, offset);
    }
}
