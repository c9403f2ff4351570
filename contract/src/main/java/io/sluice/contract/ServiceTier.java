package io.sluice.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How Bedrock schedules a call, and at what price.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html">Service
 *     tiers</a>, read 2026-11-23
 */
public enum ServiceTier {
    /** Standard. */
    DEFAULT("default"),
    /** Before others, dearer. */
    PRIORITY("priority"),
    /** May queue, cheaper. */
    FLEX("flex"),
    /** Capacity bought in advance. */
    RESERVED("reserved");

    private final String wireName;

    ServiceTier(String wireName) {
        this.wireName = wireName;
    }

    /** The name in policies, in JSON and at Bedrock. */
    public String wireName() {
        return wireName;
    }

    /** The tier of a name; empty if there is none. */
    public static Optional<ServiceTier> find(String wireName) {
        return Arrays.stream(values()).filter(tier -> tier.wireName.equals(wireName)).findFirst();
    }

    /** The tier of a name; throws {@link IllegalArgumentException} if there is none. */
    public static ServiceTier ofWireName(String wireName) {
        return find(wireName)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "seen '"
                                                + wireName
                                                + "', expected one of "
                                                + String.join(", ", wireNames())));
    }

    /** All names, in order of declaration. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(ServiceTier::wireName).collect(Collectors.toList());
    }
}
