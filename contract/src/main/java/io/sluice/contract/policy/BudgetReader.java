package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.Money;
import io.sluice.contract.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a budget: an amount in USD, which blocks; or {@code {limit, action, downgrade_to}}; or
 * {@code unlimited}. The normal form has the amount as a decimal string.
 */
final class BudgetReader {
    private static final String AMOUNT =
            "an amount in USD from 0 to 9,000,000 with at most 12 decimal places";
    private static final long MOST_PICO_USD = 9_000_000L * 1_000_000_000_000L;
    private static final int MOST_CHARACTERS = 40;

    private BudgetReader() {}

    static @Nullable JsonNode read(String path, JsonNode value, Findings findings) {
        if (Numbers.UNLIMITED.equals(value.textValue())) {
            return TextNode.valueOf(Numbers.UNLIMITED);
        }
        if (!value.isObject()) {
            String limit =
                    amount(
                            path,
                            value,
                            AMOUNT + ", 'unlimited', or a mapping of limit and action",
                            findings);
            return limit == null ? null : normal(limit, BudgetAction.BLOCK);
        }
        findings.unknownKeys(path, value, Set.of("limit", "action", "downgrade_to"));
        String limit = amount(path + ".limit", value.path("limit"), AMOUNT, findings);
        BudgetAction action = action(path + ".action", value.path("action"), findings);
        String model = model(path + ".downgrade_to", value, action, findings);
        if (limit == null || action == null) {
            return null;
        }
        ObjectNode budget = normal(limit, action);
        return model == null ? budget : budget.put("downgrade_to", model);
    }

    private static ObjectNode normal(String limit, BudgetAction action) {
        return Json.object().put("action", action.wireName()).put("limit", limit);
    }

    private static @Nullable String amount(
            String path, JsonNode value, String expected, Findings findings) {
        if (value.isNumber() || value.isTextual()) {
            // A number's text, not its value as a double.
            String text =
                    value.isNumber() ? value.decimalValue().toPlainString() : value.textValue();
            try {
                long picoUsd = text.length() > MOST_CHARACTERS ? -1 : Money.parseUsd(text);
                if (picoUsd >= 0 && picoUsd <= MOST_PICO_USD) {
                    return Money.toUsd(picoUsd);
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        findings.wrong(path, value, expected);
        return null;
    }

    private static @Nullable BudgetAction action(String path, JsonNode value, Findings findings) {
        if (value.isMissingNode()) {
            return BudgetAction.BLOCK;
        }
        try {
            if (value.isTextual()) {
                return BudgetAction.ofWireName(value.textValue());
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        findings.wrong(path, value, "block, warn or downgrade");
        return null;
    }

    private static @Nullable String model(
            String path, JsonNode budget, @Nullable BudgetAction action, Findings findings) {
        JsonNode value = budget.path("downgrade_to");
        if (action == BudgetAction.DOWNGRADE) {
            if (value.isTextual() && !value.textValue().isEmpty()) {
                return value.textValue();
            }
            findings.wrong(path, value, "the cheaper model, because the action is downgrade");
        } else if (action != null && !value.isMissingNode()) {
            findings.wrong(path, value, "none, because the action is " + action.wireName());
        }
        return null;
    }
}
