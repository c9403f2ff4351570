package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads {@code models}: an alias has {@code model}, the real id it stands for; an id of its own may
 * have a {@code family}.
 */
final class ModelsReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,256}");

    private final Findings findings;
    private final Map<String, String> aliases = new TreeMap<>();
    private final Map<String, ModelFamily> families = new TreeMap<>();

    private ModelsReader(Findings findings) {
        this.findings = findings;
    }

    static ModelCatalogue read(JsonNode models, Findings findings) {
        ModelsReader reader = new ModelsReader(findings);
        models.properties().forEach(e -> reader.model(e.getKey(), e.getValue()));
        reader.aliases.forEach(reader::target);
        return new ModelCatalogue(reader.aliases, reader.families);
    }

    private void model(String name, JsonNode value) {
        String path = "models." + name;
        if (!NAME.matcher(name).matches()) {
            findings.say(path, "expected a name that matches " + NAME.pattern());
            return;
        }
        JsonNode settings = value.isNull() ? io.sluice.contract.json.Json.object() : value;
        if (!settings.isObject()) {
            findings.wrong(path, value, "a mapping of model, or of family");
            return;
        }
        findings.unknownKeys(path, settings, Set.of("model", "family"));
        JsonNode target = settings.path("model");
        JsonNode family = settings.path("family");
        if (target.isMissingNode()) {
            families.put(name, family(path + ".family", name, family));
        } else if (!family.isMissingNode()) {
            findings.say(
                    path + ".family",
                    "an alias has none of its own; give it to models." + target.asText());
        } else if (!target.isTextual() || !NAME.matcher(target.textValue()).matches()) {
            findings.wrong(path + ".model", target, "the model id that the alias stands for");
        } else {
            aliases.put(name, target.textValue());
        }
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

    private void target(String alias, String target) {
        if (aliases.containsKey(target)) {
            findings.say(
                    "models." + alias + ".model",
                    "seen '" + target + "', which is an alias itself; expected a real model id");
        } else {
            families.putIfAbsent(target, ModelFamily.ofBareId(ModelId.bare(target)));
        }
    }
}
