package io.sluice.pipeline.model.schedule;

import io.sluice.contract.TargetQuota;
import java.util.HashMap;
import java.util.Map;

/**
 * What a policy says of one target, under each name that requests ask for it by. The newest word of
 * a name counts, and of several names the least of each figure, so that it does not depend on whose
 * request came last. A name that nobody has asked for in ten minutes is forgotten: the policy may
 * not have it any more.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Not thread-safe.
 */
final class DeclaredQuotas {
    private static final long FORGOTTEN_AFTER_MILLIS = 600_000;

    private final Map<String, TargetQuota> quotas = new HashMap<>();
    private final Map<String, Long> askedAtMillis = new HashMap<>();

    /** A request asks by that name, whose policy says so; gives what is in force. */
    TargetQuota declared(String name, TargetQuota byPolicy, long nowMillis) {
        quotas.put(name, byPolicy);
        askedAtMillis.put(name, nowMillis);
        askedAtMillis.values().removeIf(at -> nowMillis - at >= FORGOTTEN_AFTER_MILLIS);
        quotas.keySet().retainAll(askedAtMillis.keySet());
        return quotas.values().stream().reduce(byPolicy, DeclaredQuotas::least);
    }

    private static TargetQuota least(TargetQuota one, TargetQuota two) {
        return new TargetQuota(
                least(one.tokensPerMinute(), two.tokensPerMinute()),
                least(one.requestsPerMinute(), two.requestsPerMinute()),
                least(one.concurrency(), two.concurrency()),
                Math.max(one.outputBurndown(), two.outputBurndown()));
    }

    private static long least(long one, long two) {
        if (one == TargetQuota.UNLIMITED || two == TargetQuota.UNLIMITED) {
            return Math.max(one, two);
        }
        return Math.min(one, two);
    }
}
