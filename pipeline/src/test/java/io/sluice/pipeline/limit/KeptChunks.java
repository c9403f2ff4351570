package io.sluice.pipeline.limit;

import java.util.HashMap;
import java.util.Map;

/** Chunks in a map, which counts how often each is fetched and refuses what is not there. */
final class KeptChunks implements SlidingLog.Chunks {
    final Map<Long, long[]> kept = new HashMap<>();
    int touched;

    @Override
    public long[] load(long number) {
        touched++;
        long[] times = kept.get(number);
        if (times == null) {
            throw new AssertionError("chunk " + number + " is not there");
        }
        return times.clone();
    }

    @Override
    public void store(long number, long[] times) {
        touched++;
        kept.put(number, times.clone());
    }

    @Override
    public void remove(long number) {
        touched++;
        kept.remove(number);
    }
}
