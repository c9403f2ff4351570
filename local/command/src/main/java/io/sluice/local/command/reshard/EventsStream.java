package io.sluice.local.command.reshard;

import java.io.IOException;

/** The stream that is resharded. */
interface EventsStream {
    /** How many shards take records. */
    int openShards() throws IOException;

    /** Splits and merges into that many equal ranges; returns before they can be used. */
    void scaleTo(int shards) throws IOException;

    /** Whether the stream has taken up its last change. */
    boolean isActive() throws IOException;
}
