package io.sluice.ingress.payload;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.contract.ResultItem;
import java.time.Duration;

/**
 * Bounds of large payloads, by {@code sluice.payloads.*}. Where they lie is {@code sluice.objects}.
 *
 * @param inlineBytes the most UTF-8 bytes of a prompt that travels inside its event
 * @param inFlightBytes large bodies and payloads that are being read or stored at a time, above
 *     which calls are asked to come back; each takes about six times that in memory. At least twice
 *     the largest payload
 * @param retention age at which objects in a folder are removed. An answer may be served from the
 *     cache until its TTL is over, and that result is kept for 30 days more: so at least 30 days
 *     plus the longest TTL of the policy, and longer than any conversation keeps a turn
 * @param sweepEvery time between two looks for what is too old
 */
@ConfigurationProperties("sluice.payloads")
public record PayloadSettings(
        @Bindable(defaultValue = "65536") int inlineBytes,
        @Bindable(defaultValue = "33554432") long inFlightBytes,
        @Bindable(defaultValue = "45d") Duration retention,
        @Bindable(defaultValue = "1h") Duration sweepEvery) {

    /** The largest prompt or answer: 8 MiB of text and what JSON puts around it. */
    public static final int LARGEST_BYTES = 8 * 1024 * 1024 + 64 * 1024;

    private static final int MOST_INLINE_BYTES = 512 * 1024;

    /** Checked when the ingress starts. */
    public PayloadSettings {
        if (inlineBytes < 1_024 || inlineBytes > MOST_INLINE_BYTES) {
            throw wrong("inline-bytes", inlineBytes, "1024 to " + MOST_INLINE_BYTES);
        }
        if (inFlightBytes < 2L * LARGEST_BYTES) {
            throw wrong("in-flight-bytes", inFlightBytes, "at least " + 2L * LARGEST_BYTES);
        }
        if (retention.toSeconds() < ResultItem.RETENTION_SECONDS) {
            throw wrong("retention", retention, "at least 30 days, as long as results are kept");
        }
        if (sweepEvery.toMillis() < 1_000) {
            throw wrong("sweep-every", sweepEvery, "at least a second");
        }
    }

    private static IllegalArgumentException wrong(String name, Object seen, String expected) {
        return new IllegalArgumentException(
                "sluice.payloads." + name + ": seen " + seen + ", expected " + expected);
    }
}
