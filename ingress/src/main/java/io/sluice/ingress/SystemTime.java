package io.sluice.ingress;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The one place where the ingress reads clocks; tests put another source in. */
@Factory
final class SystemTime {
    @Singleton
    @Primary // over the one that the framework brings
    InstantSource instantSource() {
        return Clock.systemUTC();
    }

    @Singleton
    Ticker ticker() {
        return Ticker.systemTicker();
    }
}
