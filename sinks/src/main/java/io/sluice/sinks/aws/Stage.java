package io.sluice.sinks.aws;

/** What a call of a store is to the work that it belongs to. */
public enum Stage {
    /** What was there before this run is gone through; takes turns with what is new. */
    AGAIN,
    /** Something is about to begin. */
    START,
    /** Something was done and is written down; goes first among the calls of its tenant. */
    END
}
