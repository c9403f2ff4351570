package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which a call of a model fails. */
enum ModelFailure {
    /** Refused for now, before any work was done: too many requests or tokens. */
    THROTTLED(true, Names.MODEL_ERROR),
    /** Not reached, or refused for now, before any work was done. */
    UNAVAILABLE(true, Names.MODEL_ERROR),
    /** Failed on the way; the model may have worked, so another attempt may be paid twice. */
    TRANSIENT(false, Names.MODEL_ERROR),
    /** No answer in time; the model may still be working. */
    TIMEOUT(false, Names.MODEL_ERROR),
    /** Will fail the same way again. */
    PERMANENT(false, Names.MODEL_ERROR),
    /** The prompt cannot be put into the model's form. */
    PAYLOAD(false, Names.PAYLOAD_ERROR),
    /** No time was left to make the call. */
    LATE(false, Names.DEADLINE),
    /**
     * The run that made the call died before it knew the end. Whether it may be made again says the
     * tenant's policy.
     */
    INTERRUPTED(false, Names.AMBIGUOUS);

    private final boolean repeatable;
    private final String reason;

    ModelFailure(boolean repeatable, String reason) {
        this.repeatable = repeatable;
        this.reason = reason;
    }

    /** The name in the ledger of attempts. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name. A name of a later version, and none, are permanent: what is not
     * understood is not repeated.
     */
    static ModelFailure ofWireName(@Nullable String name) {
        for (ModelFailure value : values()) {
            if (value.wireName().equals(name)) {
                return value;
            }
        }
        return PERMANENT;
    }

    /** Whether another attempt costs nothing twice and may succeed. */
    boolean repeatable() {
        return repeatable;
    }

    /** The reason in the request's result. */
    String reason() {
        return reason;
    }
}
