package io.sluice.ingress.payload;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.sluice.objects.ObjectStore;
import io.sluice.objects.ObjectStores;
import io.sluice.objects.PayloadStore;
import io.sluice.objects.RetentionSweep;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Opens the object store that {@code sluice.objects} names; without it there is none. */
@Factory
@Requires(property = PayloadPlace.LOCATION)
final class PayloadPlace {
    static final String LOCATION = "sluice.objects";

    /** Objects removed in one look, so that it ends. */
    private static final int MOST_REMOVED = 100_000;

    @Singleton
    @Bean(preDestroy = "close")
    ObjectStore objects(@Property(name = LOCATION) String location) {
        return ObjectStores.open(location, UnaryOperator.identity());
    }

    @Singleton
    PayloadStore payloads(ObjectStore objects) {
        return new PayloadStore(objects);
    }

    /** Nothing is swept where the store has a rule for that itself. */
    @Singleton
    @Bean(preDestroy = "close")
    PayloadSweeper sweeper(
            @Property(name = LOCATION) String location,
            ObjectStore objects,
            PayloadSettings settings,
            InstantSource time) {
        PayloadSweeper sweeper =
                new PayloadSweeper(
                        new RetentionSweep(objects, settings.retention(), MOST_REMOVED), time);
        if (ObjectStores.needsSweeping(location)) {
            sweeper.every(settings.sweepEvery());
        }
        return sweeper;
    }
}
