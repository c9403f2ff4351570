package io.sluice.pipeline.model;

import io.sluice.contract.policy.ModelFamily;

/** What a provider's count of input tokens has in it, beside its counts around the prompt cache. */
enum UsageConvention {
    /**
     * Uncached input alone: the whole input is input, cache reads and cache writes together.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html">Prompt
     *     caching</a>, read 2026-11-26
     */
    EXCLUSIVE,
    /** The whole input; cache reads and cache writes are parts of it. */
    INCLUSIVE;

    /**
     * The convention of a family through Converse or, {@code streamed}, ConverseStream. Bedrock's
     * is the exclusive one; models of OpenAI that write the cache keep to it in answers but count
     * inclusively in streams (reported of {@code openai.gpt-5.6}, github.com/maximhq/bifrost pull
     * request 6942, read 2026-11-26).
     */
    static UsageConvention of(ModelFamily family, boolean streamed) {
        return family == ModelFamily.OPENAI && streamed ? INCLUSIVE : EXCLUSIVE;
    }
}
