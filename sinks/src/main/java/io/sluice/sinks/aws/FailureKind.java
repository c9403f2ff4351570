package io.sluice.sinks.aws;

/** What to do about a failed call. */
public enum FailureKind {
    /** The same call may succeed later: throttled, timed out, not connected, a fault of theirs. */
    RETRY,
    /** This record can never be stored; others can. */
    POISON,
    /** Nothing can be stored until a person acts: no table, no permission, no credentials. */
    FATAL
}
