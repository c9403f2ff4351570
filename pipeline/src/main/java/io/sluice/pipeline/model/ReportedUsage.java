package io.sluice.pipeline.model;

import io.sluice.contract.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Token counts as a provider reported them. A count that is missing is not 0: without those of
 * input and output nothing is known of what a call used. A reported 0 is 0. Immutable.
 */
final class ReportedUsage {
    private final @Nullable Integer input;
    private final @Nullable Integer output;
    private final long cacheRead;
    private final long cacheWrite;
    private final long cacheWrite1h;

    /**
     * Counts; null for one that was not reported, which of those around the prompt cache means that
     * the model has none.
     *
     * @param cacheWrite1h how many of {@code cacheWrite} were written for an hour
     */
    ReportedUsage(
            @Nullable Integer input,
            @Nullable Integer output,
            @Nullable Integer cacheRead,
            @Nullable Integer cacheWrite,
            @Nullable Integer cacheWrite1h) {
        this.input = input;
        this.output = output;
        this.cacheRead = orZero(cacheRead);
        this.cacheWrite = orZero(cacheWrite);
        this.cacheWrite1h = orZero(cacheWrite1h);
    }

    /**
     * The same with every token in one kind alone; empty if it is not known what was used, which a
     * negative count is as good as.
     */
    Optional<Usage> normalised(UsageConvention convention) {
        if (input == null
                || output == null
                || Math.min(Math.min(input, output), Math.min(cacheRead, cacheWrite)) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                Usage.builder()
                        .inputTokens(uncached(convention, input))
                        .outputTokens(output)
                        .cacheReadTokens(cacheRead)
                        .cacheWriteTokens(cacheWrite)
                        .cacheWrite1hTokens(Math.max(0, Math.min(cacheWrite1h, cacheWrite)))
                        .build());
    }

    /** An input below its own parts cannot have them in it, whatever the family's convention. */
    private long uncached(UsageConvention convention, int reported) {
        long around = cacheRead + cacheWrite;
        return convention == UsageConvention.INCLUSIVE && reported >= around
                ? reported - around
                : reported;
    }

    private static long orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
