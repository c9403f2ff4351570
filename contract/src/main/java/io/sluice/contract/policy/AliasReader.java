package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.policy.AliasEntry.TargetEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an alias stands for: {@code model}, or {@code targets} in the order in which they are
 * tried, of which an inner list shares its place by weight; and {@code degrade}.
 */
final class AliasReader {
    /** Keys that make an entry of {@code models} an alias. */
    static final Set<String> KEYS = Set.of("model", "targets", "degrade");

    private static final Pattern REGION =
            Pattern.compile("[a-z]{2,3}(-[a-z]{2,16}){1,3}-[0-9]{1,2}");
    private static final int MOST_TARGETS = 16;
    private static final int MOST_WEIGHT = 1_000;
    private static final Set<String> TARGET_KEYS = targetKeys();
    private static final String TARGET =
            "a mapping of model, region, tier, weight and quotas, or a list of such mappings that"
                    + " share the load by weight";

    private final Findings findings;
    private final List<TargetEntry> targets = new ArrayList<>();
    private final Set<Target> seen = new HashSet<>();

    private AliasReader(Findings findings) {
        this.findings = findings;
    }

    private static Set<String> targetKeys() {
        Set<String> keys = new TreeSet<>(Set.of("model", "region", "tier", "weight"));
        keys.addAll(QuotaEntry.keys());
        return keys;
    }

    /** The alias of these settings; null if it is wrong, which the findings say. */
    static @Nullable AliasEntry read(String path, JsonNode settings, Findings findings) {
        AliasReader reader = new AliasReader(findings);
        JsonNode model = settings.path("model");
        JsonNode targets = settings.path("targets");
        if (targets.isMissingNode()) {
            if (!isModel(model)) {
                findings.wrong(path + ".model", model, "the model id that the alias stands for");
                return null;
            }
            reader.targets.add(
                    new TargetEntry(Target.of(model.textValue()), 0, 1, QuotaEntry.NONE));
        } else if (!model.isMissingNode()) {
            findings.say(path + ".model", "an alias has either model or targets, not both");
            return null;
        } else {
            reader.targets(path + ".targets", targets);
        }
        return reader.degrading(path + ".degrade", settings.path("degrade"));
    }

    static boolean isModel(JsonNode value) {
        return value.isTextual() && ModelsReader.NAME.matcher(value.textValue()).matches();
    }

    private @Nullable AliasEntry degrading(String path, JsonNode degrade) {
        long staleForMillis = 0;
        TargetEntry cheaper = null;
        if (!degrade.isMissingNode()) {
            if (!degrade.isObject()) {
                findings.wrong(path, degrade, "a mapping of stale_for_seconds and model");
                return null;
            }
            findings.unknownKeys(path, degrade, Set.of("stale_for_seconds", "model"));
            if (degrade.has("stale_for_seconds")) {
                JsonNode seconds =
                        Numbers.seconds(
                                path + ".stale_for_seconds",
                                degrade.get("stale_for_seconds"),
                                findings);
                staleForMillis = seconds == null ? 0 : Groups.millis(seconds);
            }
            JsonNode model = degrade.path("model");
            if (isModel(model)) {
                cheaper = new TargetEntry(Target.of(model.textValue()), 0, 1, QuotaEntry.NONE);
            } else if (!model.isMissingNode()) {
                findings.wrong(path + ".model", model, "the id of a cheaper model");
            }
        }
        return targets.isEmpty() ? null : new AliasEntry(targets, staleForMillis, cheaper);
    }

    private void targets(String path, JsonNode list) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_TARGETS) {
            findings.wrong(path, list, "a list of 1 to " + MOST_TARGETS + " targets");
            return;
        }
        for (int rank = 0; rank < list.size(); rank++) {
            JsonNode item = list.get(rank);
            String at = path + '[' + rank + ']';
            if (!item.isArray()) {
                target(at, item, rank);
            } else if (item.isEmpty() || item.size() > MOST_TARGETS) {
                findings.wrong(at, item, TARGET);
            } else {
                for (int i = 0; i < item.size(); i++) {
                    target(at + '[' + i + ']', item.get(i), rank);
                }
            }
        }
    }

    private void target(String path, JsonNode value, int rank) {
        if (!value.isObject()) {
            findings.wrong(path, value, TARGET);
            return;
        }
        findings.unknownKeys(path, value, TARGET_KEYS);
        JsonNode model = value.path("model");
        if (!isModel(model)) {
            findings.wrong(path + ".model", model, "a model id, inference-profile id or ARN");
            return;
        }
        Target target =
                Target.of(
                        model.textValue(),
                        region(path + ".region", value.path("region")),
                        tier(path + ".tier", value.path("tier")));
        if (!seen.add(target)) {
            findings.say(path, "the same model, region and tier stands further up");
        }
        targets.add(
                new TargetEntry(
                        target,
                        rank,
                        weight(path + ".weight", value.path("weight")),
                        QuotaEntry.read(path, value, findings)));
    }

    private @Nullable String region(String path, JsonNode region) {
        if (region.isMissingNode()) {
            return null;
        }
        if (!region.isTextual() || !REGION.matcher(region.textValue()).matches()) {
            findings.wrong(path, region, "an AWS region such as 'us-east-1'");
            return null;
        }
        return region.textValue();
    }

    private ServiceTier tier(String path, JsonNode tier) {
        if (tier.isMissingNode()) {
            return ServiceTier.DEFAULT;
        }
        return ServiceTier.find(tier.asText())
                .orElseGet(
                        () -> {
                            findings.wrong(
                                    path,
                                    tier,
                                    "one of " + String.join(", ", ServiceTier.wireNames()));
                            return ServiceTier.DEFAULT;
                        });
    }

    private int weight(String path, JsonNode weight) {
        if (weight.isMissingNode()) {
            return 1;
        }
        JsonNode read = Numbers.whole(1, MOST_WEIGHT).read(path, weight, findings);
        return read == null ? 1 : read.intValue();
    }
}
