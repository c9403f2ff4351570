package io.sluice.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a model costs. Beyond a length of input that a {@link LongContext} names, all
 * tokens of the call cost what that says. Immutable.
 */
public final class ModelPrice {
    private final String modelId;
    private final TokenPrices tokens;
    private final List<LongContext> longContexts;

    /**
     * Prices of a model.
     *
     * @param modelId the id it is listed under
     * @param longContexts what long inputs cost, shortest first; empty if length does not matter
     * @throws IllegalArgumentException if their thresholds do not rise
     */
    public ModelPrice(String modelId, TokenPrices tokens, List<LongContext> longContexts) {
        for (int i = 1; i < longContexts.size(); i++) {
            if (longContexts.get(i).aboveInputTokens()
                    <= longContexts.get(i - 1).aboveInputTokens()) {
                throw new IllegalArgumentException(
                        "long_context: above_input_tokens must rise from step to step");
            }
        }
        this.modelId = modelId;
        this.tokens = tokens;
        this.longContexts = List.copyOf(longContexts);
    }

    /** The model id this price is listed under. */
    public String modelId() {
        return modelId;
    }

    /** What tokens cost as long as the input is not long. */
    public TokenPrices tokens() {
        return tokens;
    }

    /** Prices of long inputs, shortest first; empty if length does not matter. */
    public List<LongContext> longContexts() {
        return longContexts;
    }

    /**
     * The price of a usage in 10^-12 USD, exact.
     *
     * @throws ArithmeticException if it exceeds about 9.2 million USD, which is refused rather than
     *     cut off
     */
    public long cost(Usage usage) {
        return inForce(usage).cost(usage).longValueExact();
    }

    /**
     * What to reserve per token: never below {@link #cost} of a usage within the reserved tokens.
     * {@code aroundCache} says that the call may read or write the provider's prompt cache, so that
     * any input token may cost the dearest of what that costs.
     */
    public ReservePrice reserve(boolean aroundCache) {
        int steps = longContexts.size() + 1;
        long[] above = new long[steps];
        long[] input = new long[steps];
        long[] output = new long[steps];
        for (int i = 0; i < steps; i++) {
            TokenPrices step = i == 0 ? tokens : longContexts.get(i - 1).tokens();
            above[i] = i == 0 ? -1 : longContexts.get(i - 1).aboveInputTokens();
            input[i] = step.dearestInputPicoUsd(aroundCache);
            output[i] = step.outputPicoUsd();
        }
        return ReservePrice.of(above, input, output);
    }

    /**
     * The same with every price multiplied.
     *
     * @throws IllegalArgumentException if a product is no whole number of 10^-12 USD
     */
    ModelPrice times(BigDecimal factor) {
        return new ModelPrice(
                modelId,
                tokens.times(factor),
                longContexts.stream()
                        .map(l -> new LongContext(l.aboveInputTokens, l.tokens.times(factor)))
                        .collect(Collectors.toList()));
    }

    private TokenPrices inForce(Usage usage) {
        BigInteger length =
                BigInteger.valueOf(usage.inputTokens())
                        .add(BigInteger.valueOf(usage.cacheReadTokens()))
                        .add(BigInteger.valueOf(usage.cacheWriteTokens()));
        TokenPrices price = tokens;
        for (LongContext longer : longContexts) {
            if (length.compareTo(BigInteger.valueOf(longer.aboveInputTokens())) > 0) {
                price = longer.tokens();
            }
        }
        return price;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelPrice
                && modelId.equals(((ModelPrice) other).modelId)
                && tokens.equals(((ModelPrice) other).tokens)
                && longContexts.equals(((ModelPrice) other).longContexts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(modelId, tokens, longContexts);
    }

    @Override
    public String toString() {
        return "ModelPrice{" + modelId + ", " + tokens + ", longContexts=" + longContexts + '}';
    }

    /** The prices of all tokens of a call whose whole input is longer than a threshold. */
    public static final class LongContext {
        private final long aboveInputTokens;
        private final TokenPrices tokens;

        /**
         * Above that many input tokens, cached ones included, every token costs this.
         *
         * @throws IllegalArgumentException if the threshold is negative
         */
        public LongContext(long aboveInputTokens, TokenPrices tokens) {
            if (aboveInputTokens < 0) {
                throw new IllegalArgumentException(
                        "above_input_tokens: seen " + aboveInputTokens + ", expected 0 or more");
            }
            this.aboveInputTokens = aboveInputTokens;
            this.tokens = tokens;
        }

        /** The longest input that does not cost this. */
        public long aboveInputTokens() {
            return aboveInputTokens;
        }

        /** What tokens cost then. */
        public TokenPrices tokens() {
            return tokens;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof LongContext
                    && aboveInputTokens == ((LongContext) other).aboveInputTokens
                    && tokens.equals(((LongContext) other).tokens);
        }

        @Override
        public int hashCode() {
            return Objects.hash(aboveInputTokens, tokens);
        }

        @Override
        public String toString() {
            return "above " + aboveInputTokens + ": " + tokens;
        }
    }
}
