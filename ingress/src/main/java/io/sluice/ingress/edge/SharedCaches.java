package io.sluice.ingress.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** The shared cache that {@code SLUICE_REDIS_URL} names, or none. */
@Factory
final class SharedCaches {
    private static final String URL = "sluice.redis-url";

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(property = URL)
    RedisSharedCache redis(@Property(name = URL) String url, MeterRegistry meters) {
        return new RedisSharedCache(new RedisConnection(url), meters);
    }

    @Singleton
    @Requires(missingProperty = URL)
    NoSharedCache none() {
        return new NoSharedCache();
    }
}
