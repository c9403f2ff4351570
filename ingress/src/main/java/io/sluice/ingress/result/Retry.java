package io.sluice.ingress.result;

import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When the same request may be sent again, and whether that makes sense within a minute: all of the
 * limits that refused it have to let it pass, not only the one that is named as the reason. Seconds
 * count from {@code nowMillis}; {@code Retry-After} never points before the windows of the violated
 * limits end.
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
        OptionalLong after = after(item, nowMillis);
        boolean inTime =
                after.isPresent()
                        ? after.getAsLong() <= MINUTE_SECONDS
                        : item.status() != ResultStatus.REJECTED; // the limit will never allow it
        boolean pointless =
                POINTLESS.contains(reason)
                        || item.decision().violated().stream().anyMatch(POINTLESS::contains);
        return new Retry(after, inTime && !pointless);
    }

    /** Why the item has no answer. */
    static String reasonOf(ResultItem item) {
        return item.status() == ResultStatus.CANCELLED
                ? Names.CANCELLED
                : Objects.requireNonNullElse(item.decision().reason(), Names.MODEL_ERROR);
    }

    /** The limits that are in the way, by the names that the header fields use. */
    static List<String> policiesOf(ResultItem item) {
        List<String> violated = item.decision().violated();
        String reason = reasonOf(item);
        return violated.isEmpty()
                ? List.of(reason.equals(Names.QUEUE_FULL) ? Names.MAX_PENDING : reason)
                : violated;
    }

    /** The value of {@code Retry-After}, seconds; empty if time does not help. */
    OptionalLong afterSeconds() {
        return afterSeconds;
    }

    /** Whether a client should try again by itself. */
    boolean makesSense() {
        return makesSense;
    }

    private static OptionalLong after(ResultItem item, long nowMillis) {
        Decision decision = item.decision();
        boolean soon = endsWithCalls(item);
        if (decision.retryAfterMillis() < 0 && !soon) {
            return OptionalLong.empty();
        }
        List<String> policies = policiesOf(item);
        long wait = Math.max(0, decision.retryAfterMillis());
        for (LimitStatus limit : decision.limits()) {
            if (policies.contains(limit.name())) {
                wait = Math.max(wait, limit.resetMillis());
            }
        }
        long left = RateLimitFields.seconds(wait) - RateLimitFields.ageSeconds(decision, nowMillis);
        return OptionalLong.of(Math.max(soon ? 1 : 0, left));
    }

    /** Whether other calls have to end, whatever else has to pass; nobody knows when they do. */
    private static boolean endsWithCalls(ResultItem item) {
        String reason = reasonOf(item);
        List<String> violated = item.decision().violated();
        return SOON.contains(reason) || violated.containsAll(List.of(Names.MAX_PENDING, reason));
    }
}
