package io.sluice.local.kinesis.storage;

/** What an acknowledged record survives. */
public enum Durability {
    /** Any end of the process: records are in the operating system's page cache. */
    PROCESS,
    /** Power loss as well: every write waits for the disk (fsync), milliseconds each. */
    MACHINE
}
