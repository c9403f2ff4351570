package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads {@code models}: an alias has a {@code model} or {@code targets} that it stands for; an id
 * of its own may have a {@code family} and quotas.
 */
final class ModelsReader {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,256}");

    private final Findings findings;
    private final Map<String, AliasEntry> aliases = new TreeMap<>();
    private final Map<String, ModelFamily> families = new TreeMap<>();
    private final Map<String, QuotaEntry> quotas = new TreeMap<>();

    private ModelsReader(Findings findings) {
        this.findings = findings;
    }

    static ModelCatalogue read(JsonNode models, Findings findings) {
        ModelsReader reader = new ModelsReader(findings);
        models.properties().forEach(e -> reader.model(e.getKey(), e.getValue()));
        reader.aliases.forEach(reader::targets);
        return new ModelCatalogue(reader.aliases, reader.families, reader.quotas);
    }

    private void model(String name, JsonNode value) {
        String path = "models." + name;
        if (!NAME.matcher(name).matches()) {
            findings.say(path, "expected a name that matches " + NAME.pattern());
            return;
        }
        JsonNode settings = value.isNull() ? Json.object() : value;
        if (!settings.isObject()) {
            findings.wrong(path, value, "a mapping of model or targets, or of family and quotas");
            return;
        }
        Set<String> idKeys = new TreeSet<>(QuotaEntry.keys());
        idKeys.add("family");
        Set<String> known = new TreeSet<>(idKeys);
        known.addAll(AliasReader.KEYS);
        findings.unknownKeys(path, settings, known);
        if (settings.has("model") || settings.has("targets")) {
            alias(path, name, settings, idKeys);
        } else {
            if (settings.has("degrade")) {
                findings.say(path + ".degrade", "only an alias with model or targets has it");
            }
            families.put(name, family(path + ".family", name, settings.path("family")));
            QuotaEntry quota = QuotaEntry.read(path, settings, findings);
            if (!quota.isEmpty()) {
                quotas.put(name, quota);
            }
        }
    }

    private void alias(String path, String name, JsonNode settings, Set<String> idKeys) {
        boolean misplaced = false;
        for (String key : idKeys) {
            if (settings.has(key)) {
                misplaced = true;
                findings.say(
                        path + '.' + key,
                        "an alias has none of its own; give it to models." + shown(settings));
            }
        }
        AliasEntry alias = misplaced ? null : AliasReader.read(path, settings, findings);
        if (alias != null) {
            aliases.put(name, alias);
        }
    }

    private static String shown(JsonNode settings) {
        return settings.has("model") ? settings.get("model").asText() : "<the target's model>";
    }

    private ModelFamily family(String path, String id, JsonNode value) {
        ModelFamily byId = ModelFamily.ofBareId(ModelId.bare(id));
        if (value.isMissingNode()) {
            return byId;
        }
        return ModelFamily.ofWireName(value.asText())
                .orElseGet(
                        () -> {
                            findings.wrong(
                                    path,
                                    value,
                                    "one of " + String.join(", ", ModelFamily.wireNames()));
                            return byId;
                        });
    }

    private void targets(String alias, AliasEntry entry) {
        for (String target : entry.models()) {
            if (aliases.containsKey(target)) {
                findings.say(
                        "models." + alias + ".model",
                        "seen '"
                                + target
                                + "', which is an alias itself; expected a real model id");
            } else {
                families.putIfAbsent(target, ModelFamily.ofBareId(ModelId.bare(target)));
            }
        }
    }
}
