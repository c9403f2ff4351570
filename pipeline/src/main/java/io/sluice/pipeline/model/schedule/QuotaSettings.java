package io.sluice.pipeline.model.schedule;

import io.sluice.contract.TargetQuota;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The quota that a provider grants for a target, over all subtasks. Immutable.
 *
 * <p>Written as {@code tokens=2000000 requests=1000 burn-down=5}, in any order; what is left out is
 * not bounded, and the burn-down follows from the model's name.
 */
public final class QuotaSettings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern PART = Pattern.compile("(tokens|requests|burn-down)=(\\d{1,15})");

    private final long tokensPerMinute;
    private final long requestsPerMinute;
    private final int burnDown;

    private QuotaSettings(long tokensPerMinute, long requestsPerMinute, int burnDown) {
        this.tokensPerMinute = tokensPerMinute;
        this.requestsPerMinute = requestsPerMinute;
        this.burnDown = burnDown;
    }

    /**
     * The quota that a text says.
     *
     * @param property its name, for the message
     * @param target whose model's burn-down is meant unless the text says one
     * @throws IllegalArgumentException if it is none
     */
    public static QuotaSettings parse(String property, String target, String text) {
        long tokens = MinuteQuota.NONE;
        long requests = MinuteQuota.NONE;
        long burnDown = BurnDown.of(target);
        for (String word : text.trim().split("\\s+", -1)) {
            Matcher part = PART.matcher(word);
            if (!part.matches() || Long.parseLong(part.group(2)) < 1) {
                throw new IllegalArgumentException(
                        "property "
                                + property
                                + ": seen '"
                                + text
                                + "', expected for example tokens=2000000 requests=1000"
                                + " burn-down=5, each at least 1");
            }
            long value = Long.parseLong(part.group(2));
            if (part.group(1).equals("tokens")) {
                tokens = value;
            } else if (part.group(1).equals("requests")) {
                requests = value;
            } else {
                burnDown = value;
            }
        }
        return new QuotaSettings(tokens, requests, (int) Math.min(1_000, burnDown));
    }

    /** What a policy declares, completed by what is set here. */
    TargetQuota completing(TargetQuota declared) {
        boolean tokens = declared.tokensPerMinute() != TargetQuota.UNLIMITED;
        return new TargetQuota(
                tokens ? declared.tokensPerMinute() : orUnlimited(tokensPerMinute),
                declared.requestsPerMinute() == TargetQuota.UNLIMITED
                        ? orUnlimited(requestsPerMinute)
                        : declared.requestsPerMinute(),
                declared.concurrency(),
                tokens ? declared.outputBurndown() : Math.min(burnDown, TargetQuota.MOST_BURNDOWN));
    }

    private static long orUnlimited(long perMinute) {
        return perMinute == MinuteQuota.NONE ? TargetQuota.UNLIMITED : perMinute;
    }

    /** The part of one subtask; all parts add up to the quota. */
    MinuteQuota quotaOf(String target, int subtask, int subtasks, LaneShares shares) {
        return new MinuteQuota(
                part(target, tokensPerMinute, subtask, subtasks),
                part(target, requestsPerMinute, subtask, subtasks),
                burnDown,
                shares);
    }

    private static long part(String target, long whole, int subtask, int subtasks) {
        if (whole != MinuteQuota.NONE && whole < subtasks) {
            throw new IllegalArgumentException(
                    "property Invoke/target.quota."
                            + target
                            + ": seen "
                            + whole
                            + " a minute with a parallelism of "
                            + subtasks
                            + ", expected at least one per subtask; raise it or lower the"
                            + " parallelism");
        }
        return whole / subtasks + (subtask < whole % subtasks ? 1 : 0);
    }
}
