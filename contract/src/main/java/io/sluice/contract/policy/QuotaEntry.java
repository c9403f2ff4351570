package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.TargetQuota;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The quotas that a policy says of a model or of one of its targets; what it leaves out is open.
 */
final class QuotaEntry {
    private static final long MOST = 1_000_000_000_000L;

    private static final Map<String, ValueReader> READERS =
            new TreeMap<>(
                    Map.of(
                            "output_burndown", Numbers.whole(1, TargetQuota.MOST_BURNDOWN),
                            "tokens_per_minute", Numbers.whole(1, MOST),
                            "requests_per_minute", Numbers.whole(1, MOST),
                            "concurrency", Numbers.whole(1, 1_000_000)));

    static final QuotaEntry NONE = new QuotaEntry(Map.of());

    private final Map<String, Long> values;

    private QuotaEntry(Map<String, Long> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    static Set<String> keys() {
        return READERS.keySet();
    }

    static QuotaEntry read(String path, JsonNode settings, Findings findings) {
        Map<String, Long> values = new TreeMap<>();
        READERS.forEach(
                (key, reader) -> {
                    if (settings.has(key)) {
                        JsonNode read = reader.read(path + '.' + key, settings.get(key), findings);
                        if (read != null) {
                            values.put(key, read.longValue());
                        }
                    }
                });
        return new QuotaEntry(values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** These, and the other's where these say nothing. */
    QuotaEntry over(QuotaEntry other) {
        Map<String, Long> both = new TreeMap<>(other.values);
        both.putAll(values);
        return new QuotaEntry(both);
    }

    /** The quota of a target of that model. */
    TargetQuota of(String model) {
        Long burndown = values.get("output_burndown");
        return new TargetQuota(
                value("tokens_per_minute"),
                value("requests_per_minute"),
                value("concurrency"),
                burndown == null ? TargetQuota.burndownOf(model) : burndown.intValue());
    }

    private long value(String key) {
        return values.getOrDefault(key, TargetQuota.UNLIMITED);
    }
}
