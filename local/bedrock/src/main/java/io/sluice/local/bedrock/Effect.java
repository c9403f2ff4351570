package io.sluice.local.bedrock;

/** What becomes of one call. */
public enum Effect {
    /** A whole answer after the latency. */
    ANSWER,
    /** ThrottlingException at once; the model never sees the call. */
    THROTTLE,
    /** A fault after the latency. */
    FAIL,
    /** No answer at all; the connection stays open. */
    HANG,
    /** A whole answer whose body comes in small pieces over time, after the latency. */
    DRIP,
    /** The connection is lost before the model sees the call. */
    CUT_UNSEEN,
    /** The model answers, and the connection is lost before the status line. */
    CUT_BEFORE,
    /** The model answers, and the connection is lost in the middle of the body. */
    CUT_AMID,
    /** The model answers, and what comes with status 200 is no JSON. */
    GARBAGE
}
