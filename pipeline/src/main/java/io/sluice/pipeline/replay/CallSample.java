package io.sluice.pipeline.replay;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * What calls of one tenant, or of all, came to: an even sample of their output and latency, and how
 * far input estimates were off. Which calls are in the sample depends on their ids alone, so the
 * same history gives the same sample. Not thread-safe.
 */
public final class CallSample {
    private static final int MOST = 512;
    private static final int WIDTH = 3;
    private static final int HEAD = 2;

    /** By rank: rank, output tokens, latency. */
    private final TreeMap<Long, long[]> calls = new TreeMap<>();

    private long estimatedInput;
    private long usedInput;

    /** Adds a call that succeeded. */
    public void add(
            String requestId,
            long estimatedInputTokens,
            long inputTokens,
            long outputTokens,
            long latencyMillis) {
        estimatedInput = sum(estimatedInput, estimatedInputTokens);
        usedInput = sum(usedInput, inputTokens);
        add(rank(requestId), new long[] {outputTokens, latencyMillis});
    }

    /** Adds those of another sample. */
    public void add(CallSample other) {
        estimatedInput = sum(estimatedInput, other.estimatedInput);
        usedInput = sum(usedInput, other.usedInput);
        other.calls.forEach(this::add);
    }

    private void add(long rank, long[] call) {
        calls.put(rank, call);
        if (calls.size() > MOST) {
            calls.pollLastEntry();
        }
    }

    /** Whether there is no call to go by. */
    public boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Input tokens that a call probably uses for which so many were estimated. */
    public long inputTokens(long estimated) {
        if (estimatedInput == 0) {
            return estimated;
        }
        return BigInteger.valueOf(estimated)
                .multiply(BigInteger.valueOf(usedInput))
                .divide(BigInteger.valueOf(estimatedInput))
                .min(BigInteger.valueOf(TraceLine.MOST_TOKENS))
                .longValue();
    }

    /** Output tokens of one of the calls: always the same one for the same request. */
    public long outputTokens(String requestId) {
        return drawn(requestId)[0];
    }

    /** Latency of the same call. */
    public long latencyMillis(String requestId) {
        return drawn(requestId)[1];
    }

    private long[] drawn(String requestId) {
        if (calls.isEmpty()) {
            throw new IllegalStateException("there is no call to draw from");
        }
        long index = Math.floorMod(rank(requestId), (long) calls.size());
        return calls.values().stream().skip(index).findFirst().orElseThrow();
    }

    /** The sample as numbers, for {@link #of}. */
    public long[] toNumbers() {
        long[] numbers = new long[HEAD + WIDTH * calls.size()];
        numbers[0] = estimatedInput;
        numbers[1] = usedInput;
        int at = HEAD;
        for (var call : calls.entrySet()) {
            numbers[at++] = call.getKey();
            numbers[at++] = call.getValue()[0];
            numbers[at++] = call.getValue()[1];
        }
        return numbers;
    }

    /** The sample of these numbers. */
    public static CallSample of(long[] numbers) {
        CallSample sample = new CallSample();
        sample.estimatedInput = numbers[0];
        sample.usedInput = numbers[1];
        for (int at = HEAD; at < numbers.length; at += WIDTH) {
            sample.add(numbers[at], Arrays.copyOfRange(numbers, at + 1, at + WIDTH));
        }
        return sample;
    }

    private static long sum(long sum, long more) {
        return sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }

    /** FNV-1a over the id, mixed so that its high bits depend on all of it. */
    private static long rank(String requestId) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < requestId.length(); i++) {
            hash = (hash ^ requestId.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 29;
    }
}
