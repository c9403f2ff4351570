package io.sluice.pipeline.model.schedule;

import io.sluice.contract.Usage;
import org.jspecify.annotations.Nullable;

/** How an attempt went, for the target to learn from. Immutable. */
public final class AttemptVerdict {
    /** Failed in some other way; what it used is not known. */
    public static final AttemptVerdict FAILED = new AttemptVerdict(Kind.FAILED, null);

    /** Refused because the target has too much to do; it used nothing. */
    public static final AttemptVerdict THROTTLED = new AttemptVerdict(Kind.THROTTLED, null);

    /** Was not made after all. */
    public static final AttemptVerdict NOT_MADE = new AttemptVerdict(Kind.NOT_MADE, null);

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
    public static AttemptVerdict answered(@Nullable Usage usage) {
        return new AttemptVerdict(Kind.ANSWERED, usage);
    }

    Kind kind() {
        return kind;
    }

    /** What it used, as the provider counted; null if that is not known. */
    @Nullable Usage usage() {
        return usage;
    }
}
