package io.sluice.local.command.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.ModelName;
import io.sluice.contract.Money;
import io.sluice.contract.Names;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.Json;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of FOCUS 1.2 that are mandatory, those that apply of the others, and Sluice's own
 * with the prefix {@code x_}: one charge for each row of usage. Columns and rules:
 * https://focus.finops.org/focus-specification/v1-2/ and
 * https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec (specification/columns), read
 * 2026-11-27.
 *
 * <p>What is billed internally is neither discounted nor amortized, so the four costs are one
 * figure. A row's tokens are of several kinds with prices of their own, so there is no unit price.
 * Missing values are empty cells, times are UTC, decimals have neither exponent nor sign.
 */
final class FocusForm implements ShowbackForm {
    private static final List<String> HEADER =
            List.of(
                    "BilledCost",
                    "BillingAccountId",
                    "BillingAccountName",
                    "BillingCurrency",
                    "BillingPeriodEnd",
                    "BillingPeriodStart",
                    "ChargeCategory",
                    "ChargeClass",
                    "ChargeDescription",
                    "ChargeFrequency",
                    "ChargePeriodEnd",
                    "ChargePeriodStart",
                    "ConsumedQuantity",
                    "ConsumedUnit",
                    "ContractedCost",
                    "EffectiveCost",
                    "InvoiceIssuerName",
                    "ListCost",
                    "PricingCategory",
                    "PricingQuantity",
                    "PricingUnit",
                    "ProviderName",
                    "PublisherName",
                    "ServiceCategory",
                    "ServiceName",
                    "ServiceSubcategory",
                    "SkuId",
                    "SubAccountId",
                    "SubAccountName",
                    "Tags",
                    "x_InputTokens",
                    "x_OutputTokens",
                    "x_CacheReadTokens",
                    "x_CacheWriteTokens",
                    "x_Requests");

    private final String periodStart;
    private final String periodEnd;

    FocusForm(YearMonth month) {
        periodStart = start(month);
        periodEnd = start(month.plusMonths(1));
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    /** A charge is for something that was used or billed. */
    @Override
    public boolean takes(UsageItem row) {
        return row.counts().costPicoUsd().signum() != 0 || tokens(row.counts()).signum() != 0;
    }

    @Override
    public List<String> cells(UsageItem row) {
        UsageCounts counts = row.counts();
        String cost = Money.toUsd(counts.costPicoUsd());
        String tokens = tokens(counts).toString();
        long day = row.key().windowStartMillis();
        List<String> cells = new ArrayList<>(HEADER.size());
        cells.addAll(List.of(cost, "sluice", "Sluice", "USD", periodEnd, periodStart));
        cells.addAll(List.of("Usage", "", "Tokens of " + row.key().model(), "Usage-Based"));
        cells.addAll(List.of(time(Granularity.DAY.windowEnd(day)), time(day), tokens, "Tokens"));
        cells.addAll(List.of(cost, cost, "Sluice", cost, "Standard", tokens, "Tokens"));
        cells.addAll(List.of("Sluice", publisher(row.key().model()), "AI and Machine Learning"));
        cells.addAll(List.of("Amazon Bedrock", "Generative AI", CsvLines.text(row.key().model())));
        cells.addAll(List.of(row.tenantId(), row.tenantId(), tags(row.key())));
        cells.add(Long.toString(counts.inputTokens()));
        cells.add(Long.toString(counts.outputTokens()));
        cells.add(Long.toString(counts.cacheReadTokens()));
        cells.add(Long.toString(counts.cacheWriteTokens()));
        cells.add(Long.toString(counts.requests()));
        return cells;
    }

    /** Labels of the client as they are, Sluice's own with a prefix. */
    private static String tags(UsageKey key) {
        ObjectNode tags = Json.object();
        tag(tags, "cost_center", key.costCenter());
        tag(tags, "sluice/endpoint", key.endpoint());
        tag(tags, "sluice/agent_id", key.agentId());
        return Json.text(tags);
    }

    private static void tag(ObjectNode tags, String name, String label) {
        if (!label.equals(Names.NO_LABEL)) {
            tags.put(name, label);
        }
    }

    /** Who made the model: the first word of its id, after the scope of an inference profile. */
    private static String publisher(String model) {
        String bare = ModelName.of(model).bare();
        int dot = bare.indexOf('.');
        return dot < 1 ? "Amazon Bedrock" : CsvLines.text(bare.substring(0, dot));
    }

    private static BigInteger tokens(UsageCounts counts) {
        return BigInteger.valueOf(counts.inputTokens())
                .add(BigInteger.valueOf(counts.outputTokens()))
                .add(BigInteger.valueOf(counts.cacheReadTokens()))
                .add(BigInteger.valueOf(counts.cacheWriteTokens()));
    }

    private static String start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
