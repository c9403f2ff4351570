package io.sluice.contract;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the provider, or the operator, lets one target take over all subtasks. {@link #UNLIMITED}
 * where nothing is said. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html">Token
 *     burndown</a>, read 2026-11-23
 */
public final class TargetQuota {
    /** The value of a quota that is not known or not on. */
    public static final long UNLIMITED = -1;

    /** The most quota tokens that one output token can count. */
    public static final int MOST_BURNDOWN = 100;

    /**
     * Claude 3.7 and later: five quota tokens for each output token. Earlier ones are {@code
     * claude-v2}, {@code claude-instant}, {@code claude-3-} and {@code claude-3-5-}.
     */
    private static final Pattern CLAUDE = Pattern.compile("(?:^|[./])anthropic\\.claude-(.*)$");

    private static final Pattern EARLIER =
            Pattern.compile("(?:v[12]|instant)(?:[^0-9].*)?|3-(?!7(?:[^0-9]|$)).*");

    private static final int BURNDOWN_OF_CLAUDE = 5;

    private final long tokensPerMinute;
    private final long requestsPerMinute;
    private final long concurrency;
    private final int outputBurndown;

    /** These; each quota {@link #UNLIMITED} or at least 1, the burn-down from 1. */
    public TargetQuota(
            long tokensPerMinute, long requestsPerMinute, long concurrency, int outputBurndown) {
        if (outputBurndown < 1 || outputBurndown > MOST_BURNDOWN) {
            throw new IllegalArgumentException(
                    "output burn-down: seen "
                            + outputBurndown
                            + ", expected 1 to "
                            + MOST_BURNDOWN);
        }
        this.tokensPerMinute = checked("tokens per minute", tokensPerMinute);
        this.requestsPerMinute = checked("requests per minute", requestsPerMinute);
        this.concurrency = checked("concurrency", concurrency);
        this.outputBurndown = outputBurndown;
    }

    /** No quota, and the burn-down that the model's id tells. */
    public static TargetQuota ofModel(String model) {
        return new TargetQuota(UNLIMITED, UNLIMITED, UNLIMITED, burndownOf(model));
    }

    /** Quota tokens per output token as the provider counts them: 5 for Claude 3.7 and later. */
    public static int burndownOf(String model) {
        java.util.regex.Matcher claude = CLAUDE.matcher(model);
        return claude.find() && !EARLIER.matcher(claude.group(1)).matches()
                ? BURNDOWN_OF_CLAUDE
                : 1;
    }

    /** Whether anything is bounded. */
    public boolean isBounded() {
        return tokensPerMinute != UNLIMITED
                || requestsPerMinute != UNLIMITED
                || concurrency != UNLIMITED;
    }

    /** Quota tokens per minute. */
    public long tokensPerMinute() {
        return tokensPerMinute;
    }

    /** Calls per minute. */
    public long requestsPerMinute() {
        return requestsPerMinute;
    }

    /** Calls at once. */
    public long concurrency() {
        return concurrency;
    }

    /** Quota tokens that one output token counts, at least 1. */
    public int outputBurndown() {
        return outputBurndown;
    }

    private static long checked(String what, long quota) {
        if (quota < 1 && quota != UNLIMITED) {
            throw new IllegalArgumentException(
                    what + ": seen " + quota + ", expected 1 or more, or " + UNLIMITED);
        }
        return quota;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof TargetQuota)) {
            return false;
        }
        TargetQuota that = (TargetQuota) other;
        return tokensPerMinute == that.tokensPerMinute
                && requestsPerMinute == that.requestsPerMinute
                && concurrency == that.concurrency
                && outputBurndown == that.outputBurndown;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tokensPerMinute, requestsPerMinute, concurrency, outputBurndown);
    }

    @Override
    public String toString() {
        return "TargetQuota{tokensPerMinute="
                + tokensPerMinute
                + ", requestsPerMinute="
                + requestsPerMinute
                + ", concurrency="
                + concurrency
                + ", outputBurndown="
                + outputBurndown
                + '}';
    }
}
