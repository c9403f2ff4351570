package io.sluice.pipeline.model.schedule;

import java.util.regex.Pattern;

/**
 * How many tokens of a model's quota one output token takes when a call is settled: 5 for Claude
 * 3.7 and later, 1 for all others.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html">How
 *     tokens are counted in Amazon Bedrock</a>
 */
final class BurnDown {
    static final int CLAUDE = 5;
    static final int OTHERS = 1;

    private static final Pattern CLAUDE_MODEL = Pattern.compile("anthropic\\.claude-");
    private static final Pattern BEFORE_3_7 =
            Pattern.compile(
                    "anthropic\\.claude-(v\\d|instant|2|3-(haiku|sonnet|opus)|3-5-(haiku|sonnet))");

    private BurnDown() {}

    /** For a target whose key contains the model's id; an ARN that hides its model counts as 1. */
    static int of(String target) {
        boolean counts = CLAUDE_MODEL.matcher(target).find() && !BEFORE_3_7.matcher(target).find();
        return counts ? CLAUDE : OTHERS;
    }
}
