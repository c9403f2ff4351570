package io.sluice.ingress.result;

import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When the same request may be sent again, and whether that makes sense within a minute. Seconds
 * count from {@code nowMillis}; {@code Retry-After} never points before the violated limit's window
 * ends.
 */
final class Retry {
    private static final long MINUTE_SECONDS = 60;

    /** Reasons that time alone does not remove, or not within a minute. */
    private static final Set<String> POINTLESS =
            Set.of(
                    Names.REQUESTS_PER_DAY,
                    Names.BUDGET_PER_DAY,
                    Names.BUDGET_PER_MONTH,
                    Names.MODEL_NOT_ALLOWED,
                    Names.UNPRICED,
                    Names.SUSPENDED,
                    Names.PAYLOAD_ERROR,
                    Names.AMBIGUOUS,
                    Names.CANCELLED);

    /** Reasons that go away when other calls end, nobody knows when. */
    private static final Set<String> SOON =
            Set.of(Names.QUEUE_FULL, Names.LANE_FULL, Names.SESSION_BUSY, Names.UNAVAILABLE);

    private final OptionalLong afterSeconds;
    private final boolean makesSense;

    private Retry(OptionalLong afterSeconds, boolean makesSense) {
        this.afterSeconds = afterSeconds;
        this.makesSense = makesSense;
    }

    /** For a request that got no answer from the model. */
    static Retry of(ResultItem item, long nowMillis) {
        String reason = reasonOf(item);
        OptionalLong after = after(item.decision(), reason, nowMillis);
        boolean inTime =
                after.isPresent()
                        ? after.getAsLong() <= MINUTE_SECONDS
                        : item.status() != ResultStatus.REJECTED; // the limit will never allow it
        return new Retry(after, inTime && !POINTLESS.contains(reason));
    }

    /** Why the item has no answer. */
    static String reasonOf(ResultItem item) {
        return item.status() == ResultStatus.CANCELLED
                ? Names.CANCELLED
                : Objects.requireNonNullElse(item.decision().reason(), Names.MODEL_ERROR);
    }

    /** The limit that a reason is about, by the name that the header fields use. */
    static String policyOf(String reason) {
        return reason.equals(Names.QUEUE_FULL) ? Names.MAX_PENDING : reason;
    }

    /** The value of {@code Retry-After}, seconds; empty if time does not help. */
    OptionalLong afterSeconds() {
        return afterSeconds;
    }

    /** Whether a client should try again by itself. */
    boolean makesSense() {
        return makesSense;
    }

    private static OptionalLong after(Decision decision, String reason, long nowMillis) {
        long told = RateLimitFields.seconds(Math.max(0, decision.retryAfterMillis()));
        boolean isTold = decision.retryAfterMillis() >= 0;
        for (LimitStatus limit : decision.limits()) {
            if (limit.name().equals(policyOf(reason)) && limit.resetMillis() >= 0 && isTold) {
                told = Math.max(told, RateLimitFields.seconds(limit.resetMillis()));
            }
        }
        if (isTold) {
            long left = told - RateLimitFields.ageSeconds(decision, nowMillis);
            return OptionalLong.of(Math.max(SOON.contains(reason) ? 1 : 0, left));
        }
        return SOON.contains(reason) ? OptionalLong.of(1) : OptionalLong.empty();
    }
}
