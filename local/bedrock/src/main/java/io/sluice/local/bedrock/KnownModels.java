package io.sluice.local.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The catalogue of {@code models.txt}: tells whether a model id, a profile id or an ARN names a
 * model.
 */
final class KnownModels {

    private static final Pattern GEO = Pattern.compile("(us|eu|apac|jp|au|ca|us-gov|global)\\.");
    private static final Pattern NAMED_ARN =
            Pattern.compile(
                    "arn:aws[a-z-]*:bedrock:[a-z0-9-]*:(?:[0-9]{12})?:(?:foundation-model|inference-profile)/(.+)");
    private static final Pattern OPAQUE_ARN =
            Pattern.compile(
                    "arn:aws[a-z-]*:bedrock:[a-z0-9-]+:[0-9]{12}:(application-inference-profile|provisioned-model)/[a-z0-9]{1,64}");
    private static final Pattern WELL_FORMED = Pattern.compile("[a-zA-Z0-9:/._-]{1,2048}");
    private static final int OPAQUE_MAX_TOKENS = 8192;

    private final List<Entry> entries = new ArrayList<>();

    KnownModels() {
        for (String line : TextResource.lines("models.txt")) {
            String[] columns = line.split("\\s+");
            entries.add(new Entry(Pattern.compile(columns[0]), Integer.parseInt(columns[1])));
        }
    }

    /**
     * Most output tokens of the model.
     *
     * @throws BedrockException as the service answers ids it does not know
     */
    int maxOutputTokens(String modelId) {
        if (!WELL_FORMED.matcher(modelId).matches()) {
            throw BedrockException.invalid(
                    "1 validation error detected: Value at 'modelId' failed to satisfy constraint: Member must satisfy regular expression"
                            + " pattern: "
                            + WELL_FORMED.pattern());
        }
        if (OPAQUE_ARN.matcher(modelId).matches()) {
            return OPAQUE_MAX_TOKENS;
        }
        String base = baseId(modelId);
        for (Entry entry : entries) {
            if (entry.id.matcher(base).matches()) {
                return entry.maxOutputTokens;
            }
        }
        if (modelId.startsWith("arn:")) {
            throw new BedrockException(
                    Fault.RESOURCE_NOT_FOUND, Fault.RESOURCE_NOT_FOUND.message());
        }
        throw BedrockException.invalid("The provided model identifier is invalid.");
    }

    /** The id without an ARN around it and without a geo prefix. */
    static String baseId(String modelId) {
        Matcher arn = NAMED_ARN.matcher(modelId);
        String id = arn.matches() ? arn.group(1) : modelId;
        Matcher geo = GEO.matcher(id);
        return geo.lookingAt() ? id.substring(geo.end()) : id;
    }

    private record Entry(Pattern id, int maxOutputTokens) {}
}
