package io.sluice.ingress.tenant;

import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that was read, and how old it may be.
 *
 * @param found what was read; empty if there was none
 * @param beganNanos when the read began, by the cache's ticker
 */
record Dated<T>(Optional<T> found, long beganNanos) {
    /** Lets a value go when the read that found it began that long ago, however long it took. */
    record Expiring<K, V>(Duration age) implements Expiry<K, Dated<V>> {
        @Override
        public long expireAfterCreate(K key, Dated<V> value, long nowNanos) {
            return Math.max(0, age.toNanos() - (nowNanos - value.beganNanos()));
        }

        @Override
        public long expireAfterUpdate(K key, Dated<V> value, long nowNanos, long leftNanos) {
            return expireAfterCreate(key, value, nowNanos);
        }

        @Override
        public long expireAfterRead(K key, Dated<V> value, long nowNanos, long leftNanos) {
            return leftNanos;
        }
    }
}
