package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Drawn policies: each limit on in about a third of them, and mostly within reach of a schedule.
 */
final class Policies {
    static final List<String> LIMITS =
            List.of(
                    Names.REQUESTS_PER_MINUTE,
                    Names.REQUESTS_PER_DAY,
                    Names.TOKENS_PER_MINUTE,
                    Names.MAX_PENDING,
                    Names.BUDGET_PER_DAY,
                    Names.BUDGET_PER_MONTH);

    private static final long[] PER_MINUTE = {0, 1, 3, 3, 5, 8, 8, 8, 12, 70};
    private static final long[] PER_DAY = {0, 4, 10, 30, 30, 60, 1_000};
    private static final long[] TOKENS = {0, 50, 110, 220, 500, 500, 1_500, 3_000, 20_000};
    private static final long[] PENDING = {0, 1, 2, 4, 4, 9, 12, 12};
    private static final long[] BUDGET = {
        0, 110, 500, 3_000, 10_000, 10_000, 30_000, 100_000, 1_000_000, Long.MAX_VALUE
    };
    private static final long[] TTL = {
        0, 1, 5_000, 60_000, 60_000, 60_000, 1_800_000, 1_800_000, 3_600_000, 86_400_000
    };
    private static final String[] CHEAPER = {
        Models.CHEAP, Models.CHEAP, Models.UNIT, Models.FREE, Models.UNPRICED
    };

    private Policies() {}

    /** One to three policies of rising version. */
    static List<EffectivePolicy> several(Random random) {
        List<EffectivePolicy> policies = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int version = 1; version <= count; version++) {
            policies.add(one(random, version));
        }
        return policies;
    }

    static EffectivePolicy one(Random random, int version) {
        return Facts.policy()
                .version(version)
                .hash("p" + version)
                .requestsPerMinute(limit(random, PER_MINUTE))
                .requestsPerDay(limit(random, PER_DAY))
                .tokensPerMinute(limit(random, TOKENS))
                .maxPending((int) limit(random, PENDING))
                .dayBudget(budget(random))
                .monthBudget(budget(random))
                .cache(cache(random))
                .allowedModels(random.nextInt(12) > 0 ? List.of() : Models.ALL.subList(1, 5))
                .shadow(shadow(random))
                .build();
    }

    private static @Nullable Budget budget(Random random) {
        long limit = pick(random, BUDGET);
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> Models.block(limit);
            case 3 -> Budget.of(limit, BudgetAction.WARN, null);
            case 4, 5 ->
                    Budget.of(
                            limit, BudgetAction.DOWNGRADE, CHEAPER[random.nextInt(CHEAPER.length)]);
            default -> null;
        };
    }

    private static CacheRules cache(Random random) {
        return new CacheRules(
                pick(random, TTL),
                pick(random, TTL),
                pick(random, TTL),
                random.nextInt(4) > 0,
                (int) pick(random, 0, 1, 2, 20),
                pick(random, 0, 30, 200, 32_000, Long.MAX_VALUE));
    }

    private static List<String> shadow(Random random) {
        List<String> names = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            LIMITS.forEach(
                    name -> {
                        if (random.nextInt(3) == 0) {
                            names.add(name);
                        }
                    });
        }
        return names;
    }

    /** One of those values, or in two of three cases none. */
    private static long limit(Random random, long... values) {
        return random.nextInt(3) > 0 ? EffectivePolicy.UNLIMITED : pick(random, values);
    }

    static long pick(Random random, long... values) {
        return values[random.nextInt(values.length)];
    }
}
