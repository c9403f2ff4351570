package io.sluice.ingress;

import io.micronaut.context.annotation.Factory;
import io.micronaut.core.value.PropertyResolver;
import io.sluice.contract.Retention;
import jakarta.inject.Singleton;

/** How long rows are kept: {@code sluice.retention.results-days} and so on. */
@Factory
final class KeptRows {
    /** As the settings have it; {@link IllegalArgumentException} if one is not right. */
    @Singleton
    Retention retention(PropertyResolver settings) {
        return Retention.of(
                name ->
                        settings.getProperty("sluice.retention." + name + "-days", String.class)
                                .orElse(null));
    }
}
