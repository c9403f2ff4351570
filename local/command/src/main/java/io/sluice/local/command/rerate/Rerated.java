package io.sluice.local.command.rerate;

import io.sluice.contract.Usage;
import java.math.BigInteger;

/**
 * What calls cost then and what they cost by other prices, 10^-12 USD. Each amount is in one of the
 * pairs only.
 *
 * @param calls calls with usage that the provider reported and that has a price now
 * @param tokens their tokens of all kinds
 * @param original what they were billed
 * @param rerated what they cost now
 * @param estimatedCalls answers that came without counts, billed by an estimate
 * @param estimatedOriginal what these were billed
 * @param estimatedRerated what the same estimate costs now
 * @param ambiguousAttempts attempts whose end nobody knows; no tenant pays for them
 * @param ambiguousOriginal what the provider may have to be paid for them
 * @param ambiguousRerated what that is now
 * @param unpricedCalls calls without a price now
 * @param unpricedTokens their tokens
 * @param unpricedOriginal what they were billed; 0 if they had no price then either
 */
public record Rerated(
        long calls,
        BigInteger tokens,
        BigInteger original,
        BigInteger rerated,
        long estimatedCalls,
        BigInteger estimatedOriginal,
        BigInteger estimatedRerated,
        long ambiguousAttempts,
        BigInteger ambiguousOriginal,
        BigInteger ambiguousRerated,
        long unpricedCalls,
        BigInteger unpricedTokens,
        BigInteger unpricedOriginal) {
    private static final BigInteger ZERO = BigInteger.ZERO;

    /** No calls. */
    public static final Rerated NOTHING =
            new Rerated(0, ZERO, ZERO, ZERO, 0, ZERO, ZERO, 0, ZERO, ZERO, 0, ZERO, ZERO);

    static Rerated call(Usage usage, long original, long rerated) {
        return new Rerated(
                1,
                tokens(usage),
                big(original),
                big(rerated),
                0,
                ZERO,
                ZERO,
                0,
                ZERO,
                ZERO,
                0,
                ZERO,
                ZERO);
    }

    static Rerated estimated(long original, long rerated) {
        return new Rerated(
                0, ZERO, ZERO, ZERO, 1, big(original), big(rerated), 0, ZERO, ZERO, 0, ZERO, ZERO);
    }

    static Rerated ambiguous(long original, long rerated) {
        return new Rerated(
                0, ZERO, ZERO, ZERO, 0, ZERO, ZERO, 1, big(original), big(rerated), 0, ZERO, ZERO);
    }

    static Rerated unpriced(Usage usage, long original) {
        return new Rerated(
                0, ZERO, ZERO, ZERO, 0, ZERO, ZERO, 0, ZERO, ZERO, 1, tokens(usage), big(original));
    }

    /** Both together. */
    public Rerated plus(Rerated other) {
        return new Rerated(
                calls + other.calls,
                tokens.add(other.tokens),
                original.add(other.original),
                rerated.add(other.rerated),
                estimatedCalls + other.estimatedCalls,
                estimatedOriginal.add(other.estimatedOriginal),
                estimatedRerated.add(other.estimatedRerated),
                ambiguousAttempts + other.ambiguousAttempts,
                ambiguousOriginal.add(other.ambiguousOriginal),
                ambiguousRerated.add(other.ambiguousRerated),
                unpricedCalls + other.unpricedCalls,
                unpricedTokens.add(other.unpricedTokens),
                unpricedOriginal.add(other.unpricedOriginal));
    }

    private static BigInteger tokens(Usage usage) {
        return big(usage.inputTokens())
                .add(big(usage.outputTokens()))
                .add(big(usage.cacheReadTokens()))
                .add(big(usage.cacheWriteTokens()));
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}
