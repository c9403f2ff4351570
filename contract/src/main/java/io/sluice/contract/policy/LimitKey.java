package io.sluice.contract.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a tier, a tenant's entry or an administrator may set, with what its value may be. */
public enum LimitKey {
    /** Requests admitted in any 60 s; exact. */
    REQUESTS_PER_MINUTE("requests_per_minute", Numbers.limit(0, 1_000_000)),
    /** Requests admitted per UTC day. */
    REQUESTS_PER_DAY("requests_per_day", Numbers.limit(0, 1_000_000_000_000L)),
    /** Tokens held or used in any 60 s. */
    TOKENS_PER_MINUTE("tokens_per_minute", Numbers.limit(0, 1_000_000_000_000L)),
    /** Calls that may run at once. */
    MAX_CONCURRENT("max_concurrent", Numbers.limit(1, 1_000_000)),
    /** Requests admitted and not ended yet. */
    MAX_PENDING("max_pending", Numbers.limit(0, 1_000_000)),
    /** Share of a full lane in relation to other tenants. */
    WEIGHT("weight", Numbers.whole(1, 1_000)),
    /** What may be spent per UTC day. */
    BUDGET_PER_DAY("budget_per_day_usd", BudgetReader::read),
    /** What may be spent per UTC month. */
    BUDGET_PER_MONTH("budget_per_month_usd", BudgetReader::read),
    /** Output tokens of a request that names none, and the most it may name. */
    MAX_TOKENS("max_tokens", Groups::maxTokens),
    /** How long answers and conversations are kept. */
    CACHE("cache", Groups::cache),
    /** Priority of a request that names none. */
    PRIORITY("priority", Words.oneOf("high", "normal", "low")),
    /** Models that may be asked. */
    ALLOWED_MODELS("allowed_models", Words::models),
    /** How much a tenant's data is kept apart; says, and decides nothing yet. */
    ISOLATION("isolation", Words.oneOf("pooled", "silo", "database")),
    /** Limits that are evaluated and recorded without being enforced. */
    SHADOW("shadow", Words::shadow);

    private final String wireName;
    private final ValueReader reader;

    LimitKey(String wireName, ValueReader reader) {
        this.wireName = wireName;
        this.reader = reader;
    }

    /** The key in policies, requests and tables. */
    public String wireName() {
        return wireName;
    }

    ValueReader reader() {
        return reader;
    }

    /** Whether a value of this key has keys of its own, each of which goes before the tier's. */
    boolean isGroup() {
        return this == CACHE || this == MAX_TOKENS;
    }

    /** The one of that name, if there is one. */
    static Optional<LimitKey> ofWireName(String name) {
        return Arrays.stream(values()).filter(key -> key.wireName.equals(name)).findFirst();
    }

    /** All names, in alphabetical order. */
    static Set<String> wireNames() {
        return Arrays.stream(values())
                .map(LimitKey::wireName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
