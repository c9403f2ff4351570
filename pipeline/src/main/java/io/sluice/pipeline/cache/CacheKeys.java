package io.sluice.pipeline.cache;

import io.sluice.contract.RequestFacts;

/**
 * The spelling of cache keys. Keys live in one tenant's state, so they need not name the tenant.
 */
public final class CacheKeys {
    private CacheKeys() {}

    /** The key of the response cache: {@code llm:{model}:{prompt_hash}}. */
    public static String llm(RequestFacts facts) {
        return "llm:" + facts.model() + ':' + facts.promptHash();
    }
}
