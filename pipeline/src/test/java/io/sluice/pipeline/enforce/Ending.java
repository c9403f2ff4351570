package io.sluice.pipeline.enforce;

import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Usage;
import org.jspecify.annotations.Nullable;

/** How a call ends, next to what was reserved for it. */
enum Ending {
    AS_RESERVED(1, 1, true),
    BELOW(1, 3, true),
    ABOVE(3, 1, true),
    FAR_ABOVE(1_000, 1, true),
    USED_NOTHING(0, 1, true),
    WITH_PROMPT_CACHE(1, 1, true),
    INCOMPLETE(1, 2, false),
    FAILED_AT_A_COST(1, 2, false),
    FAILED(0, 1, false),
    /** Its deadline passed during the call. */
    TIMED_OUT(0, 1, false),
    /** Its deadline passed before it was called. */
    LATE(0, 1, false),
    /** There was no room to run it. */
    SHED(0, 1, false),
    WITHDRAWN(0, 1, false);

    private final long times;
    private final long over;
    private final boolean complete;

    Ending(long times, long over, boolean complete) {
        this.times = times;
        this.over = over;
        this.complete = complete;
    }

    /** The outcome of a call for which so many tokens and so much money are held. */
    OutcomeFacts of(RequestFacts request, String model, long tokens, long picoUsd) {
        return outcome(request.requestId())
                .tenantId(request.tenantId())
                .model(model)
                .complete(complete)
                .status(status())
                .reason(reason())
                .attempt(this == LATE || this == SHED || this == WITHDRAWN ? 0 : 1)
                .usage(usage(part(tokens)))
                .costPicoUsd(part(Math.min(picoUsd, Long.MAX_VALUE / 1_000_000)))
                .build();
    }

    private OutcomeFacts.Builder outcome(String id) {
        return status() == OutcomeStatus.SUCCEEDED ? Facts.succeeded(id) : Facts.failed(id);
    }

    private @Nullable String reason() {
        return switch (this) {
            case FAILED_AT_A_COST, FAILED -> Names.MODEL_ERROR;
            case TIMED_OUT, LATE -> Names.DEADLINE;
            case SHED -> Names.LANE_FULL;
            case WITHDRAWN -> Names.CANCELLED;
            default -> null;
        };
    }

    private OutcomeStatus status() {
        return switch (this) {
            case FAILED_AT_A_COST, FAILED, TIMED_OUT, LATE, SHED -> OutcomeStatus.FAILED;
            case WITHDRAWN -> OutcomeStatus.CANCELLED;
            default -> OutcomeStatus.SUCCEEDED;
        };
    }

    private Usage usage(long tokens) {
        if (this != WITH_PROMPT_CACHE) {
            return Usage.of(tokens / 3, tokens - tokens / 3);
        }
        return Usage.builder()
                .inputTokens(tokens / 4)
                .outputTokens(tokens / 4)
                .cacheReadTokens(tokens / 4)
                .cacheWriteTokens(tokens - 3 * (tokens / 4))
                .build();
    }

    private long part(long amount) {
        return amount * times / over;
    }
}
