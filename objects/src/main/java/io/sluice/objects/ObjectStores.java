package io.sluice.objects;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * Opens the place that a setting names: an absolute path or {@code file:} address of a folder, or
 * {@code s3://bucket/prefix}; {@code ?path-style=true} behind it for stores that are not found by
 * {@code bucket.host}.
 */
public final class ObjectStores {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration CALL = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 3;
    private static final int CONNECTIONS = 32;

    private ObjectStores() {}

    /**
     * Opens it.
     *
     * @param s3 sets region, endpoint and what else the caller knows; the SDK's standard settings
     *     apply to the rest
     * @throws IllegalArgumentException if the location is neither
     */
    public static ObjectStore open(String location, UnaryOperator<S3AsyncClientBuilder> s3) {
        URI uri = parsed(location);
        if (!"s3".equals(uri.getScheme())) {
            return new FolderObjectStore(folder(location, uri));
        }
        String bucket = uri.getHost() == null ? uri.getAuthority() : uri.getHost();
        if (bucket == null || bucket.isEmpty()) {
            throw wrong(location);
        }
        return new S3ObjectStore(
                client(s3, "path-style=true".equals(uri.getQuery())), bucket, prefix(uri));
    }

    /** Whether objects there have to be swept by us; S3 has lifecycle rules for that. */
    public static boolean needsSweeping(String location) {
        return !location.startsWith("s3:");
    }

    private static S3AsyncClient client(UnaryOperator<S3AsyncClientBuilder> s3, boolean pathStyle) {
        return s3.apply(S3AsyncClient.builder())
                .forcePathStyle(pathStyle ? Boolean.TRUE : null)
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                                .maxConcurrency(CONNECTIONS)
                                .maxPendingConnectionAcquires(10_000)
                                .connectionTimeout(CONNECT)
                                .connectionAcquisitionTimeout(ATTEMPT))
                .overrideConfiguration(
                        c ->
                                c.retryStrategy(r -> r.maxAttempts(ATTEMPTS))
                                        .apiCallAttemptTimeout(ATTEMPT)
                                        .apiCallTimeout(CALL))
                .build();
    }

    private static URI parsed(String location) {
        try {
            return URI.create(
                    location.startsWith("/") ? "file://" + location.replace(" ", "%20") : location);
        } catch (IllegalArgumentException e) {
            throw wrong(location);
        }
    }

    private static Path folder(String location, URI uri) {
        if (location.startsWith("/")) {
            return Path.of(location).normalize();
        }
        if (!"file".equals(uri.getScheme()) || uri.getPath() == null) {
            throw wrong(location);
        }
        return Path.of(uri.getPath()).normalize();
    }

    private static String prefix(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("^/+|/+$", "");
        return path.isEmpty() ? "" : path + '/';
    }

    private static IllegalArgumentException wrong(String location) {
        return new IllegalArgumentException(
                "the place of large payloads is '"
                        + location
                        + "', expected an absolute path, file:///folder or s3://bucket/prefix");
    }
}
