package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.PriceBook;
import io.sluice.contract.PriceRow;
import io.sluice.contract.ServiceTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a price file and finds everything that is wrong with it, one finding a line. */
final class PriceFileReader {
    private static final Set<String> FILE =
            Set.of(
                    "$schema",
                    "version",
                    "source",
                    "batch",
                    "service_tiers",
                    "prices",
                    "application_profiles");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern PROFILE =
            Pattern.compile(
                    "arn:aws[a-z-]{0,12}:bedrock:[a-z0-9-]{1,32}:[0-9]{12}:application-inference-profile/[A-Za-z0-9-]{1,64}");

    private final List<String> findings = new ArrayList<>();
    private final List<PriceRow> rows = new ArrayList<>();
    private final Map<String, String> profiles = new TreeMap<>();

    /** The book of a file. */
    PriceBook read(JsonNode document) {
        if (document.path("models").isObject() && !document.has("prices")) {
            throw new MalformedJsonException(
                    "models: seen the format of before, expected a list 'prices' with a row per"
                            + " model: {\"model\":\"…\",\"scopes\":[\"base\",\"geo\"],\"input\":\"…\","
                            + "\"output\":\"…\"}, cache_write renamed to cache_write_5m");
        }
        PriceFields file = new PriceFields("", document, FILE);
        String name =
                file.text("version", VERSION, "a name of 1 to 40 letters, digits, '.', '_' or '-'");
        Map<ServiceTier, BigDecimal> tiers =
                file.has("service_tiers") ? PriceRowJson.multipliers(file) : Map.of();
        BigDecimal batch = file.has("batch") ? file.multiplier("batch") : null;
        readRows(file.list("prices"), tiers, batch);
        if (file.has("application_profiles")) {
            readProfiles(file.value("application_profiles"));
        }
        if (!findings.isEmpty()) {
            throw new MalformedJsonException(String.join("\n", findings));
        }
        return PriceBookJson.book(name, rows, profiles);
    }

    private void readRows(
            JsonNode list, Map<ServiceTier, BigDecimal> tiers, @Nullable BigDecimal batch) {
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String path = "prices[" + i + "]";
            try {
                PriceRow row = PriceRowJson.read(path, list.get(i), tiers, batch);
                row.scopes().forEach(scope -> checkFirst(seen, path, row, scope));
                rows.add(row);
            } catch (MalformedJsonException e) {
                JsonNode model = list.get(i).path("model");
                findings.add(
                        e.getMessage()
                                + (model.isTextual()
                                        ? " (model " + PriceFields.shown(model) + ")"
                                        : ""));
            }
        }
    }

    private void checkFirst(Map<String, String> seen, String path, PriceRow row, String scope) {
        String first = seen.putIfAbsent(row.modelId() + ' ' + scope + ' ' + row.fromMillis(), path);
        if (first != null) {
            findings.add(
                    path
                            + ": seen a second price of '"
                            + row.modelId()
                            + "' in scope "
                            + scope
                            + " from the same time, expected one; the first is "
                            + first);
        }
    }

    private void readProfiles(JsonNode table) {
        if (!table.isObject()) {
            findings.add(
                    "application_profiles: seen "
                            + PriceFields.shown(table)
                            + ", expected an object of model ids by ARN");
            return;
        }
        PriceBook known = PriceBookJson.book("known", rows, Map.of());
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            JsonNode model = entry.getValue();
            if (!PROFILE.matcher(entry.getKey()).matches()) {
                findings.add(
                        "application_profiles: seen the key '"
                                + entry.getKey()
                                + "', expected the ARN of an application inference profile");
            } else if (!model.isTextual() || !known.lists(model.textValue())) {
                findings.add(
                        "application_profiles."
                                + entry.getKey()
                                + ": seen "
                                + PriceFields.shown(model)
                                + ", expected the id of a model or system profile with a price in"
                                + " this file");
            } else {
                profiles.put(entry.getKey(), model.textValue());
            }
        }
    }
}
