package io.sluice.pipeline.model.schedule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Virtual times of tenants that have no calls in a lane but are ahead of their share; without them
 * a tenant could start anew by letting its line run empty. They are few: virtual time passes them
 * as others are served.
 */
final class Advances {
    private final Map<String, Long> tags = new HashMap<>();
    private final TreeMap<Long, Set<String>> tenants = new TreeMap<>();

    void keep(String tenantId, long tag) {
        tags.put(tenantId, tag);
        tenants.computeIfAbsent(tag, t -> new HashSet<>()).add(tenantId);
    }

    /** The tenant's time, which is forgotten here; 0 if none is kept. */
    long take(String tenantId) {
        Long tag = tags.remove(tenantId);
        if (tag == null) {
            return 0;
        }
        tenants.computeIfPresent(
                tag,
                (t, ids) -> {
                    ids.remove(tenantId);
                    return ids.isEmpty() ? null : ids;
                });
        return tag;
    }

    /** Forgets what is at or before that time. */
    void forgetUpTo(long time) {
        while (!tenants.isEmpty() && tenants.firstKey() <= time) {
            tags.keySet().removeAll(tenants.pollFirstEntry().getValue());
        }
    }
}
