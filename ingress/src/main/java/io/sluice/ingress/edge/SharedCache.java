package io.sluice.ingress.edge;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A cache that all ingress nodes share. It may forget at any time and never fails: what goes wrong
 * looks like a value that is not there.
 */
interface SharedCache {
    /** How long a value is kept. */
    Duration LIFE = Duration.ofMinutes(1);

    /**
     * A value that is there.
     *
     * @param value its bytes
     * @param ageMillis since it was put, by the cache's own clock
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(byte[] value, long ageMillis) {}

    /** The value of that name; never fails. */
    CompletableFuture<Optional<Held>> get(String name);

    /** Puts a value; gets of this node that follow see it, if all is well. */
    void put(String name, byte[] value);

    /** Removes a value; gets of this node that follow do not see it, if all is well. */
    void remove(String name);

    /**
     * The full name of a tenant's value. A change of what values look like needs another version,
     * because nodes of two versions may run at a time.
     */
    static String name(String tenantId, String kind, String id) {
        return "sluice:v1:" + tenantId + ':' + kind + ':' + id;
    }
}
