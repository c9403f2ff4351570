package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.json.Json;
import java.util.Set;

/** What is in force where nobody says otherwise: no limit, and the caches as shipped. */
final class Defaults {
    /** Output tokens of a request that names none. */
    private static final long OUTPUT_TOKENS = 1_024;

    /** A value for every key. */
    static final PolicyEntry LIMITS = limits();

    private Defaults() {}

    private static PolicyEntry limits() {
        ObjectNode all = Json.object().put("weight", 1L).put("priority", "normal");
        for (String key : Words.SHADOWED.keySet()) {
            all.put(key, Numbers.UNLIMITED);
        }
        all.put("max_concurrent", Numbers.UNLIMITED);
        all.put("allowed_models", Words.ALL)
                .put("isolation", "pooled")
                .put("ambiguous", "retry")
                .put("shadow", false);
        all.putObject("max_tokens")
                .put("default", OUTPUT_TOKENS)
                .put("ceiling", Groups.MOST_OUTPUT_TOKENS);
        CacheRules cache = CacheRules.SHIPPED;
        all.putObject("cache")
                .put("llm_ttl_seconds", cache.llmTtlMillis() / 1_000)
                .put("agent_ttl_seconds", cache.agentTtlMillis() / 1_000)
                .put("session_ttl_seconds", cache.sessionTtlMillis() / 1_000)
                .put("sampled", cache.sampled())
                .put("session_turns", cache.sessionTurns())
                .put("session_tokens", cache.sessionTokens());
        Findings findings = new Findings();
        PolicyEntry entry = PolicyEntry.read("", all, Set.of(), findings);
        findings.throwIfAny();
        return entry;
    }
}
