package io.sluice.objects;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in a bucket of S3, or of whatever speaks its protocol, below a prefix. Puts carry the
 * SHA-256 as a checksum, which S3 verifies, and {@code If-None-Match: *}, so that nothing is
 * written twice.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
 *     writes</a>, read 2026-11-26
 */
final class S3ObjectStore implements ObjectStore {
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY_REQUESTS = 429;

    private final S3AsyncClient client;
    private final String bucket;
    private final String prefix;

    /** Takes over the client; the prefix is empty or ends with a slash. */
    S3ObjectStore(S3AsyncClient client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public CompletableFuture<Void> putIfAbsent(String key, byte[] bytes) {
        String sha256 = Base64.getEncoder().encodeToString(LargePayload.digest(bytes));
        return client.putObject(
                        put ->
                                put.bucket(bucket)
                                        .key(prefix + key)
                                        .contentType("application/json")
                                        .checksumSHA256(sha256)
                                        .ifNoneMatch("*"),
                        AsyncRequestBody.fromBytesUnsafe(bytes))
                .handle(
                        (done, failure) -> {
                            if (failure != null && status(failure) != PRECONDITION_FAILED) {
                                throw failed(key, failure);
                            }
                            return null;
                        });
    }

    @Override
    public CompletableFuture<Optional<byte[]>> get(String key, int most) {
        return client.getObject(
                        get -> get.bucket(bucket).key(prefix + key).range("bytes=0-" + (most - 1)),
                        AsyncResponseTransformer.toBytes())
                .handle(
                        (found, failure) -> {
                            if (failure == null) {
                                return Optional.of(found.asByteArrayUnsafe());
                            }
                            if (unwrapped(failure) instanceof NoSuchKeyException) {
                                return Optional.empty();
                            }
                            throw failed(key, failure);
                        });
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        return client.deleteObject(delete -> delete.bucket(bucket).key(prefix + key))
                .handle(done(key, deleted -> null));
    }

    @Override
    public CompletableFuture<List<Entry>> list(@Nullable String after, int limit) {
        return client.listObjectsV2(
                        list ->
                                list.bucket(bucket)
                                        .prefix(prefix)
                                        .startAfter(after == null ? null : prefix + after)
                                        .maxKeys(limit))
                .handle(done(prefix, page -> entries(page.contents())));
    }

    @Override
    public void close() {
        client.close();
    }

    private List<Entry> entries(List<S3Object> contents) {
        List<Entry> entries = new ArrayList<>();
        for (S3Object object : contents) {
            entries.add(
                    new Entry(
                            object.key().substring(prefix.length()),
                            object.lastModified().toEpochMilli()));
        }
        return entries;
    }

    private static <A, B> java.util.function.BiFunction<A, Throwable, B> done(
            String key, Function<A, B> then) {
        return (answer, failure) -> {
            if (failure != null) {
                throw failed(key, failure);
            }
            return then.apply(answer);
        };
    }

    private static ObjectStoreException failed(String key, Throwable failure) {
        Throwable cause = unwrapped(failure);
        int status = status(cause);
        boolean repeatable =
                cause instanceof AwsServiceException
                        ? status >= 500
                                || status == TOO_MANY_REQUESTS
                                || status == CONFLICT
                                || ((AwsServiceException) cause).isThrottlingException()
                        : cause instanceof SdkClientException;
        String code = cause.getClass().getSimpleName();
        if (cause instanceof AwsServiceException
                && ((AwsServiceException) cause).awsErrorDetails() != null) {
            code = status + " " + ((AwsServiceException) cause).awsErrorDetails().errorCode();
        }
        return new ObjectStoreException(repeatable, key + ": " + code, cause);
    }

    private static int status(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof AwsServiceException
                ? ((AwsServiceException) cause).statusCode()
                : 0;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
