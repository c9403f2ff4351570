package io.sluice.sinks.aws;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Where one AWS service is reached: region and, if it is not the region's own, endpoint. Resolved
 * once, when the job's graph is built, so that every subtask talks to the same place.
 *
 * <p>The SDK's clients read {@code AWS_ENDPOINT_URL} and {@code AWS_ENDPOINT_URL_<SERVICE>}
 * themselves; Flink's connectors do not. This class reads them for both. Credentials are never part
 * of it: clients and connectors use the SDK's default chain. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
 *     endpoints</a>, read 2026-11-23
 */
public final class AwsAccess implements Serializable {
    private static final long serialVersionUID = 1L;

    private final AwsService service;
    private final String region;
    private final @Nullable String endpoint;

    private AwsAccess(AwsService service, String region, @Nullable String endpoint) {
        this.service = service;
        this.region = region;
        this.endpoint = endpoint;
    }

    /** These values and nothing else; a null endpoint is the region's own. */
    public static AwsAccess of(AwsService service, String region, @Nullable String endpoint) {
        if (region.isBlank()) {
            throw new IllegalArgumentException(
                    "the AWS region for " + service + " is blank: set AWS_REGION");
        }
        return new AwsAccess(service, region, endpoint == null ? null : checked(service, endpoint));
    }

    /** What the SDK's standard settings say in this process. */
    public static AwsAccess standard(AwsService service) {
        return resolve(
                service,
                new DefaultAwsRegionProviderChain().getRegion().id(),
                System.getenv(),
                System::getProperty);
    }

    /**
     * What these settings say: JVM properties before variables, the service's own endpoint before
     * the general one, none if {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS} is true.
     */
    static AwsAccess resolve(
            AwsService service, String region, Map<String, String> variables, Lookup properties) {
        if ("true".equalsIgnoreCase(variables.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return of(service, region, null);
        }
        return of(
                service,
                region,
                firstSet(
                        properties.get(service.endpointProperty()),
                        variables.get(service.endpointVariable()),
                        properties.get("aws.endpointUrl"),
                        variables.get("AWS_ENDPOINT_URL")));
    }

    /** The same service in another region; at the same endpoint, if it has one. */
    public AwsAccess in(String otherRegion) {
        return of(service, otherRegion, endpoint);
    }

    /** The region's id, such as {@code us-east-1}. */
    public String region() {
        return region;
    }

    /** The endpoint's address; null if it is the region's own. */
    public @Nullable String endpoint() {
        return endpoint;
    }

    /** The same as Flink's AWS connectors want it. */
    public Properties connectorProperties() {
        Properties properties = new Properties();
        properties.setProperty("aws.region", region);
        properties.setProperty("aws.credentials.provider", "AUTO");
        if (endpoint != null) {
            properties.setProperty("aws.endpoint", endpoint);
        }
        return properties;
    }

    /** The same as an SDK client's builder wants it; returns the builder. */
    public <B extends AwsClientBuilder<B, C>, C> B apply(B builder) {
        B withRegion = builder.region(Region.of(region));
        return endpoint == null ? withRegion : withRegion.endpointOverride(URI.create(endpoint));
    }

    @Override
    public String toString() {
        return service + " in " + region + (endpoint == null ? "" : " at " + endpoint);
    }

    private static @Nullable String firstSet(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private static String checked(AwsService service, String endpoint) {
        URI uri = URI.create(endpoint);
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw new IllegalArgumentException(
                    "the endpoint of "
                            + service
                            + " is '"
                            + endpoint
                            + "', expected an address such as http://127.0.0.1:4566");
        }
        return endpoint;
    }

    /** Reads a setting by name; null if it is not set. */
    @FunctionalInterface
    interface Lookup {
        @Nullable String get(String name);
    }
}
