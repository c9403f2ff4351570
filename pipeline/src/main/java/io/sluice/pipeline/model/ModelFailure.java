package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import io.sluice.pipeline.model.schedule.AttemptVerdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a call of a model fails, and how often each may be tried again.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html">Bedrock's
 *     error codes</a>, read 2026-11-23
 */
enum ModelFailure {
    /** Refused for now, before any work was done: too many requests or tokens. */
    THROTTLED(Integer.MAX_VALUE, false, Names.MODEL_ERROR),
    /** Not reached, or refused for now, before any work was done. */
    UNAVAILABLE(Integer.MAX_VALUE, true, Names.MODEL_ERROR),
    /**
     * The credentials cannot be had or have expired, or this machine's clock is wrong; a refresh of
     * either cures it. Tells nothing of the target.
     */
    UNAUTHENTICATED(Integer.MAX_VALUE, false, Names.MODEL_ERROR),
    /** The service says that it failed; the model may have worked. */
    TRANSIENT(Integer.MAX_VALUE, true, Names.MODEL_ERROR),
    /** The service says that the model failed on this prompt. */
    MODEL_FAILED(1, true, Names.MODEL_ERROR),
    /** The connection ended before the answer did; the model may have worked. */
    LOST(1, true, Names.MODEL_ERROR),
    /** No answer in time; the model may still be working, and another attempt is as long. */
    TIMEOUT(1, true, Names.MODEL_ERROR),
    /** Answered, and so paid for, by what cannot be read. */
    UNREADABLE(0, false, Names.MODEL_ERROR),
    /**
     * The target is not there, or not for these credentials. Will fail the same way again there,
     * and may succeed elsewhere.
     */
    REFUSED_HERE(Integer.MAX_VALUE, false, Names.MODEL_ERROR),
    /** Will fail the same way again, there and elsewhere. */
    PERMANENT(0, false, Names.MODEL_ERROR),
    /** The prompt cannot be put into the model's form. */
    PAYLOAD(0, false, Names.PAYLOAD_ERROR),
    /** The prompt was stored apart and cannot be had any more. */
    PAYLOAD_LOST(0, false, Names.PAYLOAD_ERROR),
    /** The prompt lies apart and could not be read before the deadline; no model was asked. */
    PROMPT_LATE(0, false, Names.DEADLINE),
    /** No time was left to make the call. */
    LATE(0, false, Names.DEADLINE),
    /**
     * The run that made the call died before it knew the end. Whether it may be made again says the
     * tenant's policy, and nothing here.
     */
    INTERRUPTED(0, false, Names.AMBIGUOUS);

    private final int repeats;
    private final boolean targetsFault;
    private final String reason;

    ModelFailure(int repeats, boolean targetsFault, String reason) {
        this.repeats = repeats;
        this.targetsFault = targetsFault;
        this.reason = reason;
    }

    /**
     * How many further attempts of one request it allows, within all other bounds; 0 if another one
     * cannot succeed.
     */
    int repeats() {
        return repeats;
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

    /** Whether another attempt may succeed. */
    boolean repeatable() {
        return repeats > 0;
    }

    /**
     * Whether it tells of an unhealthy target. Throttling tells of a busy one, a refused prompt or
     * caller of none: none of them opens a circuit or spends the budget of retries.
     */
    boolean targetsFault() {
        return targetsFault;
    }

    /** What it says about the target's capacity. */
    AttemptVerdict verdict() {
        switch (this) {
            case THROTTLED:
                return AttemptVerdict.THROTTLED;
            case UNAUTHENTICATED: // the provider counts nothing that it refuses so
            case REFUSED_HERE:
            case PAYLOAD:
            case PAYLOAD_LOST:
            case PROMPT_LATE:
            case LATE:
                return AttemptVerdict.NOT_MADE;
            default:
                return AttemptVerdict.FAILED;
        }
    }

    /** The reason in the request's result. */
    String reason() {
        return reason;
    }
}
