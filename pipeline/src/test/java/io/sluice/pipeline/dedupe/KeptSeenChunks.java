package io.sluice.pipeline.dedupe;

import java.util.HashMap;
import java.util.Map;

/** Chunks in a map, which counts how often one is fetched and refuses what is not there. */
final class KeptSeenChunks implements SeenIds.Chunks {
    final Map<Long, SeenChunk> kept = new HashMap<>();
    int loads;

    @Override
    public SeenChunk loadSeen(long number) {
        loads++;
        SeenChunk chunk = kept.get(number);
        if (chunk == null) {
            throw new AssertionError("chunk " + number + " is not there");
        }
        return chunk;
    }

    @Override
    public void storeSeen(long number, SeenChunk chunk) {
        if (kept.put(number, chunk) != null) {
            throw new AssertionError("chunk " + number + " is there already");
        }
    }

    @Override
    public void removeSeen(long number) {
        if (kept.remove(number) == null) {
            throw new AssertionError("chunk " + number + " is not there");
        }
    }
}
