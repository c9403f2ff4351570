package io.sluice.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one token of each kind costs, in whole 10^-12 USD. A price is at most {@link #MOST}, so that
 * only a call of more than some 90 million tokens could cost more than a {@code long} holds.
 * Immutable.
 */
public final class TokenPrices {
    /** 0.1 USD a token, 100,000 USD a million: far above what any model costs. */
    public static final long MOST = 100_000_000_000L;

    private final long inputPicoUsd;
    private final long outputPicoUsd;
    private final long cacheReadPicoUsd;
    private final long cacheWrite5mPicoUsd;
    private final long cacheWrite1hPicoUsd;

    private TokenPrices(long input, long output, long cacheRead, long write5m, long write1h) {
        this.inputPicoUsd = checked("input", input);
        this.outputPicoUsd = checked("output", output);
        this.cacheReadPicoUsd = checked("cache_read", cacheRead);
        this.cacheWrite5mPicoUsd = checked("cache_write_5m", write5m);
        this.cacheWrite1hPicoUsd = checked("cache_write_1h", write1h);
    }

    /** A builder; what is not set around the prompt cache costs what plain input costs. */
    public static Builder builder(long inputPicoUsd, long outputPicoUsd) {
        return new Builder(inputPicoUsd, outputPicoUsd);
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

    /** Price of one input token written to the provider's prompt cache for five minutes. */
    public long cacheWrite5mPicoUsd() {
        return cacheWrite5mPicoUsd;
    }

    /** Price of one input token written to it for an hour. */
    public long cacheWrite1hPicoUsd() {
        return cacheWrite1hPicoUsd;
    }

    /** What a usage costs, exact. */
    BigInteger cost(Usage usage) {
        return times(inputPicoUsd, usage.inputTokens())
                .add(times(outputPicoUsd, usage.outputTokens()))
                .add(times(cacheReadPicoUsd, usage.cacheReadTokens()))
                .add(times(cacheWrite5mPicoUsd, usage.cacheWrite5mTokens()))
                .add(times(cacheWrite1hPicoUsd, usage.cacheWrite1hTokens()));
    }

    /**
     * The most that one input token can cost. {@code aroundCache} says that the provider may read
     * it from its cache or write it there.
     */
    long dearestInputPicoUsd(boolean aroundCache) {
        return aroundCache
                ? Math.max(
                        Math.max(inputPicoUsd, cacheReadPicoUsd),
                        Math.max(cacheWrite5mPicoUsd, cacheWrite1hPicoUsd))
                : inputPicoUsd;
    }

    /**
     * Each price multiplied.
     *
     * @throws IllegalArgumentException if a product is no whole number of 10^-12 USD, or above
     *     {@link #MOST}
     */
    TokenPrices times(BigDecimal factor) {
        return new TokenPrices(
                times("input", inputPicoUsd, factor),
                times("output", outputPicoUsd, factor),
                times("cache_read", cacheReadPicoUsd, factor),
                times("cache_write_5m", cacheWrite5mPicoUsd, factor),
                times("cache_write_1h", cacheWrite1hPicoUsd, factor));
    }

    private static long times(String kind, long picoUsd, BigDecimal factor) {
        try {
            return BigDecimal.valueOf(picoUsd).multiply(factor).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    kind
                            + " times "
                            + factor.toPlainString()
                            + " is finer than 10^-12 USD a token, expected a multiplier with which"
                            + " each price has at most 6 places",
                    e);
        }
    }

    private static BigInteger times(long price, long tokens) {
        return BigInteger.valueOf(price).multiply(BigInteger.valueOf(tokens));
    }

    private static long checked(String kind, long picoUsd) {
        if (picoUsd < 0 || picoUsd > MOST) {
            throw new IllegalArgumentException(
                    kind
                            + ": seen "
                            + picoUsd
                            + " * 10^-12 USD a token, expected 0 to "
                            + MOST
                            + " (100,000 USD a million)");
        }
        return picoUsd;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof TokenPrices)) {
            return false;
        }
        TokenPrices that = (TokenPrices) other;
        return inputPicoUsd == that.inputPicoUsd
                && outputPicoUsd == that.outputPicoUsd
                && cacheReadPicoUsd == that.cacheReadPicoUsd
                && cacheWrite5mPicoUsd == that.cacheWrite5mPicoUsd
                && cacheWrite1hPicoUsd == that.cacheWrite1hPicoUsd;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                inputPicoUsd,
                outputPicoUsd,
                cacheReadPicoUsd,
                cacheWrite5mPicoUsd,
                cacheWrite1hPicoUsd);
    }

    @Override
    public String toString() {
        return "TokenPrices{input="
                + inputPicoUsd
                + ", output="
                + outputPicoUsd
                + ", cacheRead="
                + cacheReadPicoUsd
                + ", cacheWrite5m="
                + cacheWrite5mPicoUsd
                + ", cacheWrite1h="
                + cacheWrite1hPicoUsd
                + '}';
    }

    /** Collects prices of one token each, in 10^-12 USD. */
    public static final class Builder {
        private final long inputPicoUsd;
        private final long outputPicoUsd;
        private @Nullable Long cacheReadPicoUsd;
        private @Nullable Long cacheWrite5mPicoUsd;
        private @Nullable Long cacheWrite1hPicoUsd;

        private Builder(long inputPicoUsd, long outputPicoUsd) {
            this.inputPicoUsd = inputPicoUsd;
            this.outputPicoUsd = outputPicoUsd;
        }

        /** Reading from the cache; null for the price of plain input. */
        public Builder cacheRead(@Nullable Long picoUsd) {
            cacheReadPicoUsd = picoUsd;
            return this;
        }

        /** Writing to it for five minutes; null for the price of plain input. */
        public Builder cacheWrite5m(@Nullable Long picoUsd) {
            cacheWrite5mPicoUsd = picoUsd;
            return this;
        }

        /** Writing to it for an hour; null for the price of five minutes. */
        public Builder cacheWrite1h(@Nullable Long picoUsd) {
            cacheWrite1hPicoUsd = picoUsd;
            return this;
        }

        /**
         * The prices.
         *
         * @throws IllegalArgumentException naming the one that is negative or above {@link #MOST}
         */
        public TokenPrices build() {
            long write5m = cacheWrite5mPicoUsd == null ? inputPicoUsd : cacheWrite5mPicoUsd;
            return new TokenPrices(
                    inputPicoUsd,
                    outputPicoUsd,
                    cacheReadPicoUsd == null ? inputPicoUsd : cacheReadPicoUsd,
                    write5m,
                    cacheWrite1hPicoUsd == null ? write5m : cacheWrite1hPicoUsd);
        }
    }
}
