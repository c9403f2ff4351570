package io.sluice.sinks.versioned;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;

/** Usage items as the tests need them. */
final class UsageItems {
    private UsageItems() {}

    /** Counts that tell the version: as many requests as the version says. */
    static UsageItem usage(String tenantId, int minute, long version) {
        return UsageItem.builder()
                .tenantId(tenantId)
                .key(
                        UsageKey.builder()
                                .granularity(Granularity.MINUTE)
                                .windowStartMillis(1_767_225_600_000L + 60_000L * minute)
                                .model("amazon.nova-micro-v1:0")
                                .endpoint("chat")
                                .agentId("-")
                                .costCenter("-")
                                .build())
                .counts(UsageCounts.builder().requests(version).build())
                .version(version)
                .build();
    }
}
