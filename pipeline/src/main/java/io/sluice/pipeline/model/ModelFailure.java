package io.sluice.pipeline.model;

import io.sluice.contract.Names;

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
    /** The prompt was stored apart and cannot be had any more. */
    PAYLOAD_LOST(false, Names.PAYLOAD_ERROR),
    /** The prompt lies apart and could not be read before the deadline; no model was asked. */
    PROMPT_LATE(false, Names.DEADLINE);

    private final boolean repeatable;
    private final String reason;

    ModelFailure(boolean repeatable, String reason) {
        this.repeatable = repeatable;
        this.reason = reason;
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
