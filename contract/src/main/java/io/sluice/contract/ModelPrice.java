package io.sluice.contract;

import java.math.BigInteger;

/** What one token of a model costs, per kind of token, in 10^-12 USD. */
public final class ModelPrice {
    private final String modelId;
    private final long inputPicoUsd;
    private final long outputPicoUsd;
    private final long cacheReadPicoUsd;
    private final long cacheWritePicoUsd;

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
        return times(inputPicoUsd, usage.inputTokens())
                .add(times(outputPicoUsd, usage.outputTokens()))
                .add(times(cacheReadPicoUsd, usage.cacheReadTokens()))
                .add(times(cacheWritePicoUsd, usage.cacheWriteTokens()))
                .longValueExact();
    }

    private static BigInteger times(long price, long tokens) {
        return BigInteger.valueOf(price).multiply(BigInteger.valueOf(tokens));
    }
}
