package io.sluice.ingress.tokens;

import io.sluice.contract.policy.ModelFamily;

/**
 * What characters weigh with one family of models, in thousandths of a token.
 *
 * <p>The base is the vocabulary of about 100,000 to 200,000 byte pairs that gpt-oss, Llama 3, Qwen
 * and DeepSeek have: English has 4.3 to 4.7 characters a token there. Mistral's older vocabularies
 * have 32,000 pieces; those of Nova and Titan are not published. Claude has two: since Opus 4.7
 * English has 2.5 to 3.6 characters a token, up to 1.47 times as many tokens as before, other
 * scripts as many as before (measured by others with Anthropic's own counter:
 * claudecodecamp.com/p/i-measured-claude-4-7-s-new-tokenizer-here-s-what-it-costs-you,
 * sol.ava.dev/writings/2026-04-17-opus-4-7-tokenizer.html, April 2026).
 *
 * @param lowerCase of an ASCII letter in lower case
 * @param upperCase of an ASCII letter in upper case
 * @param digitsPerToken ASCII digits that always make one token: three, or one
 * @param perRequest tokens that a provider adds to any prompt, such as gpt-oss's own system message
 */
record FamilyWeights(long lowerCase, long upperCase, long digitsPerToken, long perRequest) {
    /** Of a line break, and of an ASCII sign. */
    static final long SIGN = 1_000;

    /** The least that a word weighs. */
    static final long LEAST = 1_000;

    static FamilyWeights of(ModelFamily family) {
        return switch (family) {
            case OPENAI -> new FamilyWeights(334, 500, 3, 128);
            case META, DEEPSEEK -> new FamilyWeights(334, 500, 3, 64);
            case QWEN -> new FamilyWeights(334, 500, 1, 64);
            case MISTRAL, AMAZON -> new FamilyWeights(417, 625, 1, 64);
            case ANTHROPIC, UNKNOWN -> new FamilyWeights(500, 750, 1, 64);
        };
    }
}
