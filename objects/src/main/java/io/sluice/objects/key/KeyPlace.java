package io.sluice.objects.key;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.objects.ObjectStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Opens the data keys that settings name. */
public final class KeyPlace {
    /** How long a key stays in memory: a destroyed one is used nowhere after that. */
    public static final Duration MEMORY = Duration.ofMinutes(5);

    /**
     * How old a key is when a new one takes its place: at 1,500 requests a second, each with a
     * prompt and an answer, it seals fewer than 2^31 payloads, half of what NIST SP 800-38D allows.
     */
    public static final Duration ROTATION = Duration.ofDays(7);

    private static final String KMS = "kms:";
    private static final String FILE = "file:";

    private KeyPlace() {}

    /**
     * The keys at a place, or null if payloads are not to be sealed: then the location is null,
     * blank or {@code none}. See {@link #open}.
     */
    public static @Nullable TenantKeys openIfAny(
            @Nullable String location,
            @Nullable String masterKey,
            UnaryOperator<S3AsyncClientBuilder> s3,
            LongSupplier nowMillis) {
        if (location == null || location.isBlank() || location.equals("none")) {
            return null;
        }
        if (masterKey == null || masterKey.isBlank()) {
            throw new IllegalArgumentException(
                    "data keys are to lie in '"
                            + location
                            + "' but nothing says what wraps them: set the master key"
                            + " (SLUICE_MASTER_KEY, Payloads/keys.master) to the absolute path of"
                            + " its file or kms:KEY");
        }
        return open(location, masterKey, s3, nowMillis);
    }

    /**
     * The keys at a place.
     *
     * @param location where wrapped data keys lie, as {@link ObjectStores#open} takes it; not
     *     within a place that keeps what was deleted, such as a bucket with versions
     * @param masterKey what wraps them: {@code file:/path} or a path of a {@link MasterKeyFile}, or
     *     {@code kms:} and the id, ARN or alias of a key of AWS KMS
     * @param nowMillis the time, epoch milliseconds
     * @throws IllegalArgumentException if one of them is not right
     */
    public static TenantKeys open(
            String location,
            String masterKey,
            UnaryOperator<S3AsyncClientBuilder> s3,
            LongSupplier nowMillis) {
        KeyWrap wrap = wrap(masterKey);
        try {
            return new CachedTenantKeys(
                    new StoredTenantKeys(
                            ObjectStores.open(location, s3), wrap, ROTATION, nowMillis),
                    MEMORY,
                    Ticker.systemTicker());
        } catch (RuntimeException e) {
            wrap.close();
            throw e;
        }
    }

    private static KeyWrap wrap(String masterKey) {
        if (masterKey.startsWith(KMS) && masterKey.length() > KMS.length()) {
            return new KmsKeyWrap(KmsAsyncClient.create(), masterKey.substring(KMS.length()));
        }
        String path = masterKey.startsWith(FILE) ? masterKey.substring(FILE.length()) : masterKey;
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the master key is '"
                            + masterKey
                            + "', expected the absolute path of its file or kms:KEY");
        }
        return new LocalKeyWrap(Path.of(path));
    }
}
