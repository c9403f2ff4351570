package io.sluice.pipeline.model;

import io.sluice.objects.ObjectStore;
import io.sluice.objects.ObjectStores;
import io.sluice.objects.PayloadStore;
import io.sluice.objects.key.KeyPlace;
import io.sluice.objects.key.TenantKeys;
import io.sluice.objects.seal.PayloadVault;
import io.sluice.sinks.aws.AwsAccess;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where large prompts and answers lie, and what is large. Immutable. */
public final class PayloadSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The largest prompt or answer: 8 MiB of text and what JSON puts around it. */
    static final int LARGEST_BYTES = 8 * 1024 * 1024 + 64 * 1024;

    private static final int MOST_INLINE_BYTES = 256 * 1024;

    private final @Nullable String location;
    private final int inlineBytes;
    private final long inFlightBytes;
    private final @Nullable String keysLocation;
    private final @Nullable String masterKey;

    /**
     * Bounds of large payloads.
     *
     * @param location see {@link ObjectStores#open}; null if there is no place, and then answers
     *     stay in their results as long as those take them
     * @param inlineBytes the most UTF-8 bytes of an answer that travels inside its result; an item
     *     of DynamoDB has 400 KB
     * @param inFlightBytes prompts by reference that one subtask has in memory for calls under way;
     *     others wait. At least the largest one
     */
    public PayloadSettings(@Nullable String location, int inlineBytes, long inFlightBytes) {
        this(location, inlineBytes, inFlightBytes, null, null);
    }

    private PayloadSettings(
            @Nullable String location,
            int inlineBytes,
            long inFlightBytes,
            @Nullable String keysLocation,
            @Nullable String masterKey) {
        if (inlineBytes < 1_024 || inlineBytes > MOST_INLINE_BYTES) {
            throw new IllegalArgumentException(
                    "property Payloads/inline.bytes: seen "
                            + inlineBytes
                            + ", expected 1024 to "
                            + MOST_INLINE_BYTES);
        }
        if (inFlightBytes < LARGEST_BYTES) {
            throw new IllegalArgumentException(
                    "property Payloads/in.flight.bytes: seen "
                            + inFlightBytes
                            + ", expected at least "
                            + LARGEST_BYTES);
        }
        this.location = location;
        this.inlineBytes = inlineBytes;
        this.inFlightBytes = inFlightBytes;
        this.keysLocation = keysLocation;
        this.masterKey = masterKey;
    }

    /** The same with tenants' data keys, see {@link KeyPlace#openIfAny}. */
    public PayloadSettings withKeys(@Nullable String location, @Nullable String master) {
        return new PayloadSettings(this.location, inlineBytes, inFlightBytes, location, master);
    }

    int inlineBytes() {
        return inlineBytes;
    }

    long inFlightBytes() {
        return inFlightBytes;
    }

    /** Opens the place; null if there is none. The caller closes it. */
    @Nullable PayloadStore open(AwsAccess s3) {
        if (location == null) {
            return null;
        }
        ObjectStore objects = ObjectStores.open(location, s3::apply);
        return new PayloadStore(objects);
    }

    /** Opens what unseals payloads; null if there are no keys. The caller closes it. */
    @Nullable PayloadVault openVault(AwsAccess s3, InvokerClock clock) {
        TenantKeys keys = KeyPlace.openIfAny(keysLocation, masterKey, s3::apply, clock::millis);
        return keys == null ? null : new PayloadVault(keys);
    }
}
