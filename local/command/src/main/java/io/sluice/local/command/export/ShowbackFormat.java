package io.sluice.local.command.export;

/** What a showback file looks like. */
public enum ShowbackFormat {
    /** Sluice's own columns. */
    CSV,
    /** The columns of FOCUS 1.2. */
    FOCUS
}
