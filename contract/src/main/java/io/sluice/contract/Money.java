package io.sluice.contract;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Money as an integer count of 10<sup>-12</sup> USD, and its exact decimal form. A {@code long}
 * holds about 9.2 million USD. Nothing here rounds.
 */
public final class Money {
    private static final int SCALE = 12;

    private Money() {}

    /** The exact amount in USD without exponent or trailing zeros, such as {@code 0.000123}. */
    public static String toUsd(long picoUsd) {
        return toUsd(BigInteger.valueOf(picoUsd));
    }

    /** The same of a sum, however large. */
    public static String toUsd(BigInteger picoUsd) {
        BigDecimal usd = new BigDecimal(picoUsd, SCALE).stripTrailingZeros();
        return usd.signum() == 0 ? "0" : usd.toPlainString();
    }

    /**
     * The amount of a decimal string in USD.
     *
     * @throws IllegalArgumentException if it is no decimal number, is finer than 10<sup>-12</sup>
     *     USD or does not fit
     */
    public static long parseUsd(String usd) {
        try {
            return new BigDecimal(usd).movePointRight(SCALE).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'"
                            + usd
                            + "' is not an amount in USD: expected a decimal number with at most 12 places below 9,000,000",
                    e);
        }
    }
}
