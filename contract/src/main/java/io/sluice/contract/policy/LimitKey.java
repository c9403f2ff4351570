package io.sluice.contract.policy;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a tier, a tenant's entry or an administrator may set, with what its value may be. */
public enum LimitKey {
    /** Requests admitted in any 60 s; exact. */
    REQUESTS_PER_MINUTE("requests_per_minute"),
    /** Requests admitted per UTC day. */
    REQUESTS_PER_DAY("requests_per_day"),
    /** Tokens held or used in any 60 s. */
    TOKENS_PER_MINUTE("tokens_per_minute"),
    /** Calls that may run at once. */
    MAX_CONCURRENT("max_concurrent"),
    /** Requests admitted and not ended yet. */
    MAX_PENDING("max_pending"),
    /** Share of a full lane in relation to other tenants. */
    WEIGHT("weight"),
    /** What may be spent per UTC day. */
    BUDGET_PER_DAY("budget_per_day_usd"),
    /** What may be spent per UTC month. */
    BUDGET_PER_MONTH("budget_per_month_usd"),
    /** Output tokens of a request that names none, and the most it may name. */
    MAX_TOKENS("max_tokens"),
    /** How long answers and conversations are kept. */
    CACHE("cache"),
    /** Priority of a request that names none. */
    PRIORITY("priority"),
    /** Models that may be asked. */
    ALLOWED_MODELS("allowed_models"),
    /** How far a tenant's data is kept apart, see {@link io.sluice.contract.Isolation}. */
    ISOLATION("isolation"),
    /** What happens to a call that a run which died may have made. */
    AMBIGUOUS("ambiguous"),
    /** Limits that are evaluated and recorded without being enforced. */
    SHADOW("shadow");

    private final String wireName;

    LimitKey(String wireName) {
        this.wireName = wireName;
    }

    /** The key in policies, requests and tables. */
    public String wireName() {
        return wireName;
    }

    /** All names, in alphabetical order. */
    static Set<String> wireNames() {
        return Arrays.stream(values())
                .map(LimitKey::wireName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
