package io.sluice.contract.policy;

import java.util.EnumMap;
import java.util.Map;

/** What the value of each limit key may be. */
final class LimitReaders {
    /** A reader for every key. */
    static final Map<LimitKey, ValueReader> ALL = all();

    private LimitReaders() {}

    private static Map<LimitKey, ValueReader> all() {
        EnumMap<LimitKey, ValueReader> readers = new EnumMap<>(LimitKey.class);
        readers.put(LimitKey.REQUESTS_PER_MINUTE, Numbers.limit(0, 1_000_000));
        readers.put(LimitKey.REQUESTS_PER_DAY, Numbers.limit(0, 1_000_000_000_000L));
        readers.put(LimitKey.TOKENS_PER_MINUTE, Numbers.limit(0, 1_000_000_000_000L));
        readers.put(LimitKey.MAX_CONCURRENT, Numbers.limit(1, 1_000_000));
        readers.put(LimitKey.MAX_PENDING, Numbers.limit(0, 1_000_000));
        readers.put(LimitKey.WEIGHT, Numbers.whole(1, 1_000));
        readers.put(LimitKey.BUDGET_PER_DAY, BudgetReader::read);
        readers.put(LimitKey.BUDGET_PER_MONTH, BudgetReader::read);
        readers.put(LimitKey.MAX_TOKENS, Groups::maxTokens);
        readers.put(LimitKey.CACHE, Groups::cache);
        readers.put(LimitKey.PRIORITY, Words.oneOf("high", "normal", "low"));
        readers.put(LimitKey.ALLOWED_MODELS, Words::models);
        readers.put(LimitKey.ISOLATION, Words.oneOf("pooled", "silo", "database"));
        readers.put(LimitKey.AMBIGUOUS, Words.oneOf("retry", "fail"));
        readers.put(LimitKey.SHADOW, Words::shadow);
        return java.util.Collections.unmodifiableMap(readers);
    }
}
