package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import java.util.List;
import java.util.TreeSet;

/** The models that limits name: those that may be asked, and those that budgets turn to. */
final class RealModels {
    private static final List<LimitKey> BUDGETS =
            List.of(LimitKey.BUDGET_PER_DAY, LimitKey.BUDGET_PER_MONTH);
    private static final String KNOWN =
            "an alias, or a model that 'models' or the price book lists";

    private RealModels() {}

    /** The same limits with real ids in the place of aliases. */
    static PolicyEntry in(PolicyEntry limits, ModelCatalogue models) {
        PolicyEntry real = limits;
        JsonNode allowed = limits.get(LimitKey.ALLOWED_MODELS);
        if (allowed != null && allowed.isArray()) {
            TreeSet<String> ids = new TreeSet<>();
            allowed.forEach(model -> ids.add(models.realId(model.textValue())));
            ArrayNode list = Json.object().arrayNode();
            ids.forEach(list::add);
            real = real.with(LimitKey.ALLOWED_MODELS, list);
        }
        for (LimitKey key : BUDGETS) {
            JsonNode budget = limits.get(key);
            if (budget != null && budget.has("downgrade_to")) {
                ObjectNode copy = budget.deepCopy();
                copy.put("downgrade_to", models.realId(budget.get("downgrade_to").textValue()));
                real = real.with(key, copy);
            }
        }
        return real;
    }

    /** Says which of them are not known. */
    static void check(
            String path,
            PolicyEntry limits,
            ModelCatalogue models,
            PriceBook prices,
            Findings findings) {
        JsonNode allowed = limits.get(LimitKey.ALLOWED_MODELS);
        if (allowed != null && allowed.isArray()) {
            allowed.forEach(
                    model -> check(path + ".allowed_models[]", model, models, prices, findings));
        }
        for (LimitKey key : BUDGETS) {
            JsonNode budget = limits.get(key);
            if (budget != null && budget.has("downgrade_to")) {
                check(
                        path + '.' + key.wireName() + ".downgrade_to",
                        budget.get("downgrade_to"),
                        models,
                        prices,
                        findings);
            }
        }
    }

    private static void check(
            String path,
            JsonNode model,
            ModelCatalogue models,
            PriceBook prices,
            Findings findings) {
        if (!models.knows(models.realId(model.textValue()), prices)) {
            findings.wrong(path, model, KNOWN);
        }
    }
}
