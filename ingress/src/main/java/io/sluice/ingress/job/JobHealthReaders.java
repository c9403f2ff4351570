package io.sluice.ingress.job;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * Who is asked how the job is: Flink's REST API at {@code SLUICE_DASHBOARD_FLINK_URL}. Without that
 * setting nobody, as where the API cannot be reached: the managed service has none.
 */
@Factory
final class JobHealthReaders {
    private static final String URL = "sluice.dashboard.flink-url";

    @Singleton
    @Requires(property = URL)
    JobHealthReader flink(@Property(name = URL) String url, Ticker ticker) {
        return new FlinkJobHealth(new FlinkRestClient(address(url)), ticker);
    }

    @Singleton
    @Requires(missingProperty = URL)
    JobHealthReader nobody() {
        return () ->
                CompletableFuture.completedFuture(
                        JobHealth.unknown(JobHealth.State.NOT_CONFIGURED));
    }

    static URI address(String url) {
        URI address = URI.create(url);
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "SLUICE_DASHBOARD_FLINK_URL is '"
                            + url
                            + "', expected the address of Flink's REST API such as"
                            + " http://127.0.0.1:8081");
        }
        return address;
    }
}
