package io.sluice.pipeline.model;

import io.sluice.contract.Usage;
import org.jspecify.annotations.Nullable;

/** How an attempt went, for the target to learn from. Immutable. */
final class CallEnd {
    /** Failed in some other way; what it used is not known. */
    static final CallEnd FAILED = new CallEnd(Kind.FAILED, null);

    /** Refused because the target has too much to do; it used nothing. */
    static final CallEnd THROTTLED = new CallEnd(Kind.THROTTLED, null);

    /** Was not made after all. */
    static final CallEnd NOT_MADE = new CallEnd(Kind.NOT_MADE, null);

    /** The ways to end. */
    enum Kind {
        ANSWERED,
        THROTTLED,
        FAILED,
        NOT_MADE
    }

    private final Kind kind;
    private final @Nullable Usage usage;

    private CallEnd(Kind kind, @Nullable Usage usage) {
        this.kind = kind;
        this.usage = usage;
    }

    /** Answered. */
    static CallEnd answered(Usage usage) {
        return new CallEnd(Kind.ANSWERED, usage);
    }

    /** What a failure of that kind says about the target. */
    static CallEnd of(ModelFailure failure) {
        switch (failure) {
            case THROTTLED:
                return THROTTLED;
            case PAYLOAD:
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
