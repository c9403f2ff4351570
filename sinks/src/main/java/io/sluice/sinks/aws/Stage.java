package io.sluice.sinks.aws;

/** What a call of a store is to the work that it belongs to. */
public enum Stage {
    /** Something is about to begin: a claim, a look at what was there before. */
    START,
    /** Something was done and is written down; goes first among the calls of its tenant. */
    END
}
