package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import io.sluice.contract.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns limits that set every key into what travels inside requests. */
final class Effective {
    private final PolicyEntry limits;

    private Effective(PolicyEntry limits) {
        this.limits = limits;
    }

    static EffectivePolicy policy(
            String tier, PolicyEntry limits, String priceVersion, int version, String hash) {
        Effective of = new Effective(limits);
        return EffectivePolicy.builder()
                .version(version)
                .hash(hash)
                .tier(tier)
                .requestsPerMinute(of.count(LimitKey.REQUESTS_PER_MINUTE))
                .requestsPerDay(of.count(LimitKey.REQUESTS_PER_DAY))
                .tokensPerMinute(of.count(LimitKey.TOKENS_PER_MINUTE))
                .maxConcurrent((int) of.count(LimitKey.MAX_CONCURRENT))
                .maxPending((int) of.count(LimitKey.MAX_PENDING))
                .weight((int) of.count(LimitKey.WEIGHT))
                .dayBudget(of.budget(LimitKey.BUDGET_PER_DAY))
                .monthBudget(of.budget(LimitKey.BUDGET_PER_MONTH))
                .cache(of.cache())
                .allowedModels(of.words(LimitKey.ALLOWED_MODELS))
                .shadow(of.shadow())
                .priceVersion(priceVersion)
                .ambiguous(AmbiguousAction.ofWireName(of.value(LimitKey.AMBIGUOUS).textValue()))
                .isolation(Isolation.ofWireName(of.value(LimitKey.ISOLATION).textValue()))
                .build();
    }

    private JsonNode value(LimitKey key) {
        return Objects.requireNonNull(limits.get(key), key.wireName());
    }

    private long count(LimitKey key) {
        JsonNode value = value(key);
        return value.isTextual() ? EffectivePolicy.UNLIMITED : value.longValue();
    }

    private @Nullable Budget budget(LimitKey key) {
        JsonNode value = value(key);
        if (value.isTextual()) {
            return null;
        }
        return Budget.of(
                Money.parseUsd(value.get("limit").textValue()),
                BudgetAction.ofWireName(value.get("action").textValue()),
                value.has("downgrade_to") ? value.get("downgrade_to").textValue() : null);
    }

    private CacheRules cache() {
        JsonNode cache = value(LimitKey.CACHE);
        return new CacheRules(
                Groups.millis(cache.get("llm_ttl_seconds")),
                Groups.millis(cache.get("agent_ttl_seconds")),
                Groups.millis(cache.get("session_ttl_seconds")),
                cache.get("sampled").booleanValue(),
                cache.get("session_turns").intValue(),
                cache.get("session_tokens").longValue());
    }

    /** The words of a list; none for a word in its place. */
    private List<String> words(LimitKey key) {
        List<String> words = new ArrayList<>();
        value(key).forEach(word -> words.add(word.textValue()));
        return words;
    }

    private List<String> shadow() {
        List<String> names = new ArrayList<>();
        words(LimitKey.SHADOW).forEach(k -> names.add(Words.SHADOWED.getOrDefault(k, k)));
        Collections.sort(names);
        return names;
    }
}
