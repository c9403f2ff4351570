package io.sluice.pipeline.model;

import io.sluice.contract.Usage;
import org.jspecify.annotations.Nullable;

/** How an attempt went, for the target to learn from. Immutable. */
final class AttemptVerdict {
    /** Failed in some other way; what it used is not known. */
    static final AttemptVerdict FAILED = new AttemptVerdict(Kind.FAILED, null);

    /** Refused because the target has too much to do; it used nothing. */
    static final AttemptVerdict THROTTLED = new AttemptVerdict(Kind.THROTTLED, null);

    /** Was not made after all. */
    static final AttemptVerdict NOT_MADE = new AttemptVerdict(Kind.NOT_MADE, null);

    /** The ways to end. */
    enum Kind {
        ANSWERED,
        THROTTLED,
        FAILED,
        NOT_MADE
    }

    private final Kind kind;
    private final @Nullable Usage usage;

    private AttemptVerdict(Kind kind, @Nullable Usage usage) {
        this.kind = kind;
        this.usage = usage;
    }

    /** Answered; null usage if the provider did not say what it counted. */
    static AttemptVerdict answered(@Nullable Usage usage) {
        return new AttemptVerdict(Kind.ANSWERED, usage);
    }

    /** What a failure of that kind says about the target. */
    static AttemptVerdict of(ModelFailure failure) {
        switch (failure) {
            case THROTTLED:
                return THROTTLED;
            case UNAUTHENTICATED: // the provider counts nothing that it refuses so
            case REFUSED_HERE:
            case PAYLOAD:
            case PAYLOAD_LOST:
            case PROMPT_LATE:
            case LATE:
                return NOT_MADE;
            default:
                return FAILED;
        }
    }

    Kind kind() {
        return kind;
    }

    /** What it used, as the provider counted; null if that is not known. */
    @Nullable Usage usage() {
        return usage;
    }
}
