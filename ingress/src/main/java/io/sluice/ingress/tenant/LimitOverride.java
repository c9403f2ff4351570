package io.sluice.ingress.tenant;

import java.util.Arrays;
import java.util.Optional;

/** A limit that an administrator may set for one tenant, with its range. */
public enum LimitOverride {
    /** Requests in any 60 s; -1 for no limit. */
    REQUESTS_PER_MINUTE("requests_per_minute", -1, 1_000_000),
    /** Requests per UTC day; -1 for no limit. */
    REQUESTS_PER_DAY("requests_per_day", -1, 1_000_000_000),
    /** Calls that may run at once. */
    MAX_CONCURRENT("max_concurrent", 1, 10_000),
    /** Age up to which an answer is served again, milliseconds; 0 turns the cache off. */
    CACHE_TTL_MS("cache_ttl_ms", 0, 86_400_000);

    private final String wireName;
    private final long least;
    private final long most;

    LimitOverride(String wireName, long least, long most) {
        this.wireName = wireName;
        this.least = least;
        this.most = most;
    }

    /** The name in requests and in the table. */
    public String wireName() {
        return wireName;
    }

    /** The least value that may be set. */
    public long least() {
        return least;
    }

    /** The greatest value that may be set. */
    public long most() {
        return most;
    }

    /** The one of that name, if there is one. */
    public static Optional<LimitOverride> ofWireName(String name) {
        return Arrays.stream(values()).filter(o -> o.wireName.equals(name)).findFirst();
    }
}
