package io.sluice.contract;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is reserved per token of one model before it is called: the most that a token of each side
 * can cost, per step of input length. Steps are ordered by the input tokens above which they apply;
 * the first applies above -1, so always.
 */
public final class ReservePrice {
    private final long[] aboveInputTokens;
    private final long[] inputPicoUsd;
    private final long[] outputPicoUsd;

    /** Steps of equal number in three columns, not copied; prices in 10^-12 USD per token. */
    private ReservePrice(long[] aboveInputTokens, long[] inputPicoUsd, long[] outputPicoUsd) {
        this.aboveInputTokens = aboveInputTokens;
        this.inputPicoUsd = inputPicoUsd;
        this.outputPicoUsd = outputPicoUsd;
    }

    /** One price whatever the input's length, in 10^-12 USD per token. */
    public static ReservePrice flat(long inputPicoUsd, long outputPicoUsd) {
        return of(new long[] {-1}, new long[] {inputPicoUsd}, new long[] {outputPicoUsd});
    }

    /**
     * Steps of equal number in three columns.
     *
     * @throws IllegalArgumentException if there is no step, the first is not above -1, they do not
     *     rise, or a price is negative
     */
    public static ReservePrice of(
            long[] aboveInputTokens, long[] inputPicoUsd, long[] outputPicoUsd) {
        int steps = aboveInputTokens.length;
        if (steps == 0 || inputPicoUsd.length != steps || outputPicoUsd.length != steps) {
            throw new IllegalArgumentException("expected as many prices as steps, at least one");
        }
        if (aboveInputTokens[0] != -1) {
            throw new IllegalArgumentException(
                    "the first step is above " + aboveInputTokens[0] + ", expected -1");
        }
        for (int i = 0; i < steps; i++) {
            if (inputPicoUsd[i] < 0 || outputPicoUsd[i] < 0) {
                throw new IllegalArgumentException("a price is negative");
            }
            if (i > 0 && aboveInputTokens[i] <= aboveInputTokens[i - 1]) {
                throw new IllegalArgumentException("steps must rise");
            }
        }
        return new ReservePrice(
                aboveInputTokens.clone(), inputPicoUsd.clone(), outputPicoUsd.clone());
    }

    /** How many steps there are, at least one. */
    public int steps() {
        return aboveInputTokens.length;
    }

    /** Input tokens above which a step applies; -1 for the first. */
    public long aboveInputTokens(int step) {
        return aboveInputTokens[step];
    }

    /** The most one input token costs in a step, 10^-12 USD. */
    public long inputPicoUsd(int step) {
        return inputPicoUsd[step];
    }

    /** The most one output token costs in a step, 10^-12 USD. */
    public long outputPicoUsd(int step) {
        return outputPicoUsd[step];
    }

    /**
     * The most that a call of at most these tokens can cost: the greatest over all steps that the
     * input may reach. {@link Long#MAX_VALUE} if it exceeds a long.
     */
    public long reserve(long inputTokens, long outputTokens) {
        long most = 0;
        for (int i = 0; i < aboveInputTokens.length && inputTokens > aboveInputTokens[i]; i++) {
            long input = times(inputPicoUsd[i], inputTokens);
            long output = times(outputPicoUsd[i], outputTokens);
            long sum = input > Long.MAX_VALUE - output ? Long.MAX_VALUE : input + output;
            most = Math.max(most, sum);
        }
        return most;
    }

    /**
     * What is reserved when either may answer: from each length of input on, the dearer price of
     * each side. Never below one of the two.
     */
    public ReservePrice max(ReservePrice other) {
        long[] above =
                LongStream.concat(
                                Arrays.stream(aboveInputTokens),
                                Arrays.stream(other.aboveInputTokens))
                        .sorted()
                        .distinct()
                        .toArray();
        long[] input = new long[above.length];
        long[] output = new long[above.length];
        for (int i = 0; i < above.length; i++) {
            int mine = stepAbove(above[i]);
            int its = other.stepAbove(above[i]);
            input[i] = Math.max(inputPicoUsd[mine], other.inputPicoUsd[its]);
            output[i] = Math.max(outputPicoUsd[mine], other.outputPicoUsd[its]);
        }
        return new ReservePrice(above, input, output);
    }

    /** The last step that applies above so many tokens. */
    private int stepAbove(long inputTokens) {
        int found = Arrays.binarySearch(aboveInputTokens, inputTokens);
        return found >= 0 ? found : -found - 2;
    }

    private static long times(long price, long tokens) {
        long high = Math.multiplyHigh(price, tokens);
        long low = price * tokens;
        return high == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReservePrice
                && Arrays.equals(aboveInputTokens, ((ReservePrice) other).aboveInputTokens)
                && Arrays.equals(inputPicoUsd, ((ReservePrice) other).inputPicoUsd)
                && Arrays.equals(outputPicoUsd, ((ReservePrice) other).outputPicoUsd);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(inputPicoUsd) + Arrays.hashCode(outputPicoUsd);
    }

    @Override
    public String toString() {
        return "ReservePrice{aboveInputTokens="
                + Arrays.toString(aboveInputTokens)
                + ", inputPicoUsd="
                + Arrays.toString(inputPicoUsd)
                + ", outputPicoUsd="
                + Arrays.toString(outputPicoUsd)
                + '}';
    }
}
