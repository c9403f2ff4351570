package io.sluice.local.command.reshard;

import java.io.IOException;
import java.util.OptionalLong;

/** The job as the reader of the stream; what cannot be learned now is empty. */
interface Reader {
    /** How far it is behind the newest record of any shard, milliseconds. */
    OptionalLong lagMillis() throws IOException, InterruptedException;

    /** How many shards it reads that have not ended. */
    OptionalLong shardsRead() throws IOException, InterruptedException;

    /** How many shards wait until their parents were read. */
    OptionalLong waitingShards() throws IOException, InterruptedException;

    /**
     * Takes a checkpoint beside the regular ones: shards that ended before it have ended for good.
     */
    void checkpoint() throws IOException, InterruptedException;
}
