package io.sluice.pipeline.cache;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.RequestFacts;

/**
 * The spelling of cache keys and the rules by which a request has one. Keys live in one tenant's
 * state, so they need not name the tenant.
 */
public final class CacheKeys {
    private CacheKeys() {}

    /**
     * The key of a request that is to be answered by that model: {@code
     * agent:{agent_id}:{task_hash}} for an agent's task (its hash covers the model asked for; if
     * another one is to answer, {@code /{model}} follows), else {@code llm:{model}:{prompt_hash}};
     * empty if its answer is not to be kept. A turn of a conversation depends on more than its own
     * text and has no key. Labels may contain colons, hashes may not, and neither contains a slash:
     * two different things never share a key.
     */
    public static String of(RequestFacts facts, String model, CacheRules rules) {
        boolean may =
                facts.cacheMode() != CacheMode.BYPASS
                        && facts.labels().session() == null
                        && (rules.sampled() || !facts.sampled());
        if (!may || ttlMillis(facts, rules) == 0) {
            return "";
        }
        if (!isTask(facts)) {
            return "llm:" + model + ':' + facts.promptHash();
        }
        String key = "agent:" + facts.labels().agentId() + ':' + facts.taskHash();
        return model.equals(facts.model()) ? key : key + '/' + model;
    }

    /** How long the answer to such a request is kept under these rules. */
    public static long ttlMillis(RequestFacts facts, CacheRules rules) {
        return isTask(facts) ? rules.agentTtlMillis() : rules.llmTtlMillis();
    }

    /** How long an answer under that key is kept under these rules. */
    public static long ttlMillis(String key, CacheRules rules) {
        return key.startsWith("agent:") ? rules.agentTtlMillis() : rules.llmTtlMillis();
    }

    private static boolean isTask(RequestFacts facts) {
        return facts.taskHash() != null && facts.labels().agentId() != null;
    }
}
