package io.sluice.sinks.cloudwatch;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tenants of a minute get metrics of their own; all others are sent under {@link
 * #OTHER}. Each distinct tenant is a metric that CloudWatch bills for, hence the cap.
 *
 * <p>A tenant once kept apart in a minute stays so for the rest of it; free places go to the
 * tenants with most samples, of equal ones to the first by name. Counted per subtask. Not
 * thread-safe.
 */
final class TenantCap {
    /** The tenant of all tenants that are not kept apart. */
    static final String OTHER = "OTHER";

    private static final int MINUTES_REMEMBERED = 180;

    private final int tenantsPerMinute;
    private final Map<Long, Set<String>> apart =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Set<String>> eldest) {
                    return size() > MINUTES_REMEMBERED;
                }
            };

    TenantCap(int tenantsPerMinute) {
        this.tenantsPerMinute = tenantsPerMinute;
    }

    /** The same sets, those of tenants beyond the cap merged under {@link #OTHER}. */
    List<MetricSet> applyTo(List<MetricSet> sets) {
        countsByMinute(sets).forEach(this::fillPlaces);
        Map<MetricKey, MetricSet> capped = new LinkedHashMap<>();
        for (MetricSet set : sets) {
            MetricSet kept = isApart(set.key()) ? set : set.withTenant(OTHER);
            capped.merge(kept.key(), kept, MetricSet::plus);
        }
        return List.copyOf(capped.values());
    }

    private static Map<Long, Map<String, Long>> countsByMinute(List<MetricSet> sets) {
        Map<Long, Map<String, Long>> counts = new LinkedHashMap<>();
        for (MetricSet set : sets) {
            String tenantId = set.key().tenantId();
            if (tenantId != null && !tenantId.equals(OTHER)) {
                counts.computeIfAbsent(set.key().minuteMillis(), minute -> new HashMap<>())
                        .merge(tenantId, set.count(), Long::sum);
            }
        }
        return counts;
    }

    private void fillPlaces(Long minuteMillis, Map<String, Long> counts) {
        Set<String> kept = apart.computeIfAbsent(minuteMillis, minute -> new HashSet<>());
        kept.addAll(
                counts.entrySet().stream()
                        .filter(entry -> !kept.contains(entry.getKey()))
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(Math.max(0, tenantsPerMinute - kept.size()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toList()));
    }

    private boolean isApart(MetricKey key) {
        @Nullable String tenantId = key.tenantId();
        Set<String> kept = apart.get(key.minuteMillis());
        return tenantId == null || kept == null || kept.contains(tenantId);
    }
}
