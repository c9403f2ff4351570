package io.sluice.contract;

import java.util.Objects;

/**
 * The tokens that one model call consumed. Input excludes tokens read from or written to the
 * provider's prompt cache: uncached input, cache reads and cache writes together are the whole
 * input, and none is in two of them. Counts are the provider's unless they are {@link #estimated}.
 */
public final class Usage {
    private final long inputTokens;
    private final long outputTokens;
    private final long cacheReadTokens;
    private final long cacheWriteTokens;
    private final long cacheWrite1hTokens;
    private final boolean estimated;

    private Usage(Builder b) {
        this.inputTokens = b.inputTokens;
        this.outputTokens = b.outputTokens;
        this.cacheReadTokens = b.cacheReadTokens;
        this.cacheWriteTokens = b.cacheWriteTokens;
        this.cacheWrite1hTokens = b.cacheWrite1hTokens;
        this.estimated = b.estimated;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.inputTokens = inputTokens;
        b.outputTokens = outputTokens;
        b.cacheReadTokens = cacheReadTokens;
        b.cacheWriteTokens = cacheWriteTokens;
        b.cacheWrite1hTokens = cacheWrite1hTokens;
        b.estimated = estimated;
        return b;
    }

    /** Uncached input tokens, at least 0. */
    public long inputTokens() {
        return inputTokens;
    }

    /** Output tokens, at least 0. */
    public long outputTokens() {
        return outputTokens;
    }

    /** Input tokens read from the provider's prompt cache, at least 0. */
    public long cacheReadTokens() {
        return cacheReadTokens;
    }

    /** Input tokens written to the provider's prompt cache, for however long, at least 0. */
    public long cacheWriteTokens() {
        return cacheWriteTokens;
    }

    /** Those of the {@link #cacheWriteTokens} that were written for an hour, at least 0. */
    public long cacheWrite1hTokens() {
        return cacheWrite1hTokens;
    }

    /** Those of them that were written for five minutes: all others. */
    public long cacheWrite5mTokens() {
        return cacheWriteTokens - cacheWrite1hTokens;
    }

    /** Whether the provider gave no counts, and these were estimated instead. */
    public boolean estimated() {
        return estimated;
    }

    /** No tokens at all: what a rejected, cached or coalesced request consumes. */
    public static final Usage NONE = builder().build();

    /** Usage without prompt caching. */
    public static Usage of(long inputTokens, long outputTokens) {
        return builder().inputTokens(inputTokens).outputTokens(outputTokens).build();
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        if (!(other instanceof Usage)) {
            return false;
        }
        Usage that = (Usage) other;
        return inputTokens == that.inputTokens
                && outputTokens == that.outputTokens
                && cacheReadTokens == that.cacheReadTokens
                && cacheWriteTokens == that.cacheWriteTokens
                && cacheWrite1hTokens == that.cacheWrite1hTokens
                && estimated == that.estimated;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                inputTokens,
                outputTokens,
                cacheReadTokens,
                cacheWriteTokens,
                cacheWrite1hTokens,
                estimated);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "Usage{"
                + "inputTokens="
                + inputTokens
                + ", outputTokens="
                + outputTokens
                + ", cacheReadTokens="
                + cacheReadTokens
                + ", cacheWriteTokens="
                + cacheWriteTokens
                + ", cacheWrite1hTokens="
                + cacheWrite1hTokens
                + ", estimated="
                + estimated
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        private long inputTokens;
        private long outputTokens;
        private long cacheReadTokens;
        private long cacheWriteTokens;
        private long cacheWrite1hTokens;
        private boolean estimated;

        private Builder() {}

        /** Uncached input tokens, at least 0. */
        public Builder inputTokens(long value) {
            this.inputTokens = value;
            return this;
        }

        /** Output tokens, at least 0. */
        public Builder outputTokens(long value) {
            this.outputTokens = value;
            return this;
        }

        /** Input tokens read from the provider's prompt cache, at least 0. */
        public Builder cacheReadTokens(long value) {
            this.cacheReadTokens = value;
            return this;
        }

        /** Input tokens written to the provider's prompt cache, for however long, at least 0. */
        public Builder cacheWriteTokens(long value) {
            this.cacheWriteTokens = value;
            return this;
        }

        /** Those of them that were written for an hour, at least 0. */
        public Builder cacheWrite1hTokens(long value) {
            this.cacheWrite1hTokens = value;
            return this;
        }

        /** Whether these counts are not the provider's. */
        public Builder estimated(boolean value) {
            this.estimated = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public Usage build() {
            Usage value = new Usage(this);
            if (Math.min(
                            Math.min(value.inputTokens, value.outputTokens),
                            Math.min(value.cacheReadTokens, value.cacheWriteTokens))
                    < 0) {
                throw new IllegalArgumentException("token counts must not be negative: " + value);
            }
            if (value.cacheWrite1hTokens < 0 || value.cacheWrite1hTokens > value.cacheWriteTokens) {
                throw new IllegalArgumentException(
                        "tokens written for an hour must be some of all that were written: "
                                + value);
            }
            return value;
        }
    }
}
