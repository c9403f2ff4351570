package io.sluice.contract;

import java.math.BigInteger;
import java.util.List;

/**
 * What one token of a model costs, per kind of token, in 10^-12 USD. Beyond a length of input that
 * a {@link LongContext} names, all tokens of the call cost what that says.
 */
public final class ModelPrice {
    private final String modelId;
    private final long inputPicoUsd;
    private final long outputPicoUsd;
    private final long cacheReadPicoUsd;
    private final long cacheWritePicoUsd;
    private final List<LongContext> longContexts;

    /** Prices per token in 10^-12 USD, each 0 or more. */
    public ModelPrice(
            String modelId,
            long inputPicoUsd,
            long outputPicoUsd,
            long cacheReadPicoUsd,
            long cacheWritePicoUsd) {
        if (Math.min(
                        Math.min(inputPicoUsd, outputPicoUsd),
                        Math.min(cacheReadPicoUsd, cacheWritePicoUsd))
                < 0) {
            throw new IllegalArgumentException("a price of " + modelId + " is negative");
        }
        this.modelId = modelId;
        this.inputPicoUsd = inputPicoUsd;
        this.outputPicoUsd = outputPicoUsd;
        this.cacheReadPicoUsd = cacheReadPicoUsd;
        this.cacheWritePicoUsd = cacheWritePicoUsd;
        this.longContexts = List.of();
    }

    private ModelPrice(ModelPrice base, List<LongContext> longContexts) {
        this.modelId = base.modelId;
        this.inputPicoUsd = base.inputPicoUsd;
        this.outputPicoUsd = base.outputPicoUsd;
        this.cacheReadPicoUsd = base.cacheReadPicoUsd;
        this.cacheWritePicoUsd = base.cacheWritePicoUsd;
        this.longContexts = List.copyOf(longContexts);
    }

    /**
     * These prices with other ones for long inputs.
     *
     * @throws IllegalArgumentException if their thresholds do not rise
     */
    public ModelPrice withLongContexts(List<LongContext> value) {
        for (int i = 1; i < value.size(); i++) {
            if (value.get(i).aboveInputTokens() <= value.get(i - 1).aboveInputTokens()) {
                throw new IllegalArgumentException(
                        "long contexts of " + modelId + " must rise in above_input_tokens");
            }
        }
        return new ModelPrice(this, value);
    }

    /** Prices of long inputs, shortest first; empty if length does not matter. */
    public List<LongContext> longContexts() {
        return longContexts;
    }

    /** The model id this price is listed under. */
    public String modelId() {
        return modelId;
    }

    /** Price of one uncached input token. */
    public long inputPicoUsd() {
        return inputPicoUsd;
    }

    /** Price of one output token. */
    public long outputPicoUsd() {
        return outputPicoUsd;
    }

    /** Price of one input token read from the provider's prompt cache. */
    public long cacheReadPicoUsd() {
        return cacheReadPicoUsd;
    }

    /** Price of one input token written to the provider's prompt cache. */
    public long cacheWritePicoUsd() {
        return cacheWritePicoUsd;
    }

    /**
     * The price of a usage, exact.
     *
     * @throws ArithmeticException if it exceeds about 9.2 million USD
     */
    public long cost(Usage usage) {
        ModelPrice price = inForce(usage);
        return times(price.inputPicoUsd, usage.inputTokens())
                .add(times(price.outputPicoUsd, usage.outputTokens()))
                .add(times(price.cacheReadPicoUsd, usage.cacheReadTokens()))
                .add(times(price.cacheWritePicoUsd, usage.cacheWriteTokens()))
                .longValueExact();
    }

    /**
     * What to reserve per token. {@code writesCache} says that the call may write the provider's
     * prompt cache, so that any input token may cost what that costs.
     */
    public ReservePrice reserve(boolean writesCache) {
        int steps = longContexts.size() + 1;
        long[] above = new long[steps];
        long[] input = new long[steps];
        long[] output = new long[steps];
        for (int i = 0; i < steps; i++) {
            ModelPrice price = i == 0 ? this : longContexts.get(i - 1).price();
            above[i] = i == 0 ? -1 : longContexts.get(i - 1).aboveInputTokens();
            input[i] =
                    writesCache
                            ? Math.max(price.inputPicoUsd, price.cacheWritePicoUsd)
                            : price.inputPicoUsd;
            output[i] = price.outputPicoUsd;
        }
        return ReservePrice.of(above, input, output);
    }

    private ModelPrice inForce(Usage usage) {
        BigInteger length =
                BigInteger.valueOf(usage.inputTokens())
                        .add(BigInteger.valueOf(usage.cacheReadTokens()))
                        .add(BigInteger.valueOf(usage.cacheWriteTokens()));
        ModelPrice price = this;
        for (LongContext longer : longContexts) {
            if (length.compareTo(BigInteger.valueOf(longer.aboveInputTokens())) > 0) {
                price = longer.price();
            }
        }
        return price;
    }

    private static BigInteger times(long price, long tokens) {
        return BigInteger.valueOf(price).multiply(BigInteger.valueOf(tokens));
    }

    /** The prices of all tokens of a call whose whole input is longer than a threshold. */
    public static final class LongContext {
        private final long aboveInputTokens;
        private final ModelPrice price;

        /** Above that many input tokens, cached ones included, every token costs this. */
        public LongContext(long aboveInputTokens, ModelPrice price) {
            if (aboveInputTokens < 0) {
                throw new IllegalArgumentException(
                        "above_input_tokens of " + price.modelId + " is negative");
            }
            this.aboveInputTokens = aboveInputTokens;
            this.price = price;
        }

        /** The longest input that does not cost this. */
        public long aboveInputTokens() {
            return aboveInputTokens;
        }

        /** What tokens cost then. */
        public ModelPrice price() {
            return price;
        }
    }
}
