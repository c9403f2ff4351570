package io.sluice.pipeline.config;

import io.sluice.contract.Money;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.SloObjective;
import io.sluice.sinks.webhook.WebhookSettings;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The property group {@code Alerts}: when to alert, and where to. Without a url nothing is posted;
 * url and secret may come from {@code SLUICE_ALERTS_URL} and {@code SLUICE_ALERTS_SECRET} instead.
 */
final class AlertSettings {
    private static final String TIER = "slo.tier.";
    private static final String SHIPPED_OBJECTIVE = "99.5 95 PT10S";

    private final AlertRules rules;
    private final @Nullable WebhookSettings webhook;

    AlertSettings(PropertyGroup alerts, UnaryOperator<@Nullable String> variables) {
        rules = rules(alerts);
        webhook = webhook(alerts, variables);
        alerts.refuseOthers();
    }

    AlertRules rules() {
        return rules;
    }

    @Nullable WebhookSettings webhook() {
        return webhook;
    }

    private static AlertRules rules(PropertyGroup alerts) {
        Map<String, SloObjective> tiers = new TreeMap<>();
        alerts.allBelow(TIER)
                .forEach((tier, text) -> tiers.put(tier, objective(TIER + tier, text)));
        return AlertRules.builder()
                .budgetPercents(percents(alerts.text("budget.percents", "50,80,100")))
                .anomaly(
                        alerts.count("anomaly.percent", 300),
                        read(
                                "anomaly.least.usd",
                                alerts.text("anomaly.least.usd", "1"),
                                "an amount in USD",
                                Money::parseUsd))
                .rejections(
                        alerts.count("rejections.percent", 50),
                        alerts.count("rejections.least", 20))
                .burn(
                        read(
                                "burn.rate",
                                alerts.text("burn.rate", "14.4"),
                                "a number of at least 0.1 with at most one decimal place",
                                AlertSettings::tenths),
                        alerts.count("burn.least", 20))
                .lagMillis(alerts.duration("lag", Duration.ofMinutes(1)).toMillis())
                .objectives(objective("slo", alerts.text("slo", SHIPPED_OBJECTIVE)), tiers)
                .build();
    }

    private static @Nullable WebhookSettings webhook(
            PropertyGroup alerts, UnaryOperator<@Nullable String> variables) {
        String url = orVariable(alerts.optionalText("url"), variables.apply("SLUICE_ALERTS_URL"));
        String secret =
                orVariable(alerts.optionalText("secret"), variables.apply("SLUICE_ALERTS_SECRET"));
        if (url == null) {
            return null;
        }
        if (secret == null) {
            throw new IllegalArgumentException(
                    "property Alerts/secret: seen none, expected one because Alerts/url is set:"
                            + " whsec_ and 24 to 64 bytes in Base64");
        }
        try {
            return WebhookSettings.of(url, secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("property Alerts/" + e.getMessage(), e);
        }
    }

    private static @Nullable String orVariable(
            @Nullable String property, @Nullable String variable) {
        return property == null && variable != null && !variable.isBlank() ? variable : property;
    }

    private static List<Integer> percents(String text) {
        return read(
                "budget.percents",
                text,
                "percents from 1 to 1000, ascending, such as 50,80,100",
                list -> {
                    List<Integer> percents = new ArrayList<>();
                    int before = 0;
                    for (String each : list.split(",", -1)) {
                        int percent = Integer.parseInt(each.trim());
                        if (percent <= before || percent > 1_000) {
                            throw new NumberFormatException(each);
                        }
                        percents.add(percent);
                        before = percent;
                    }
                    return percents;
                });
    }

    /** Availability in percent, share of fast answers in percent, what is fast. */
    private static SloObjective objective(String key, String text) {
        return read(
                key,
                text,
                "availability and share of fast answers, percent below 100, and what is fast,"
                        + " such as "
                        + SHIPPED_OBJECTIVE,
                given -> {
                    String[] parts = given.trim().split("\\s+", -1);
                    if (parts.length != 3) {
                        throw new NumberFormatException(given);
                    }
                    return new SloObjective(
                            ppm(parts[0]), ppm(parts[1]), Duration.parse(parts[2]).toMillis());
                });
    }

    private static int tenths(String rate) {
        int tenths = new BigDecimal(rate).movePointRight(1).intValueExact();
        if (tenths < 1) {
            throw new NumberFormatException(rate);
        }
        return tenths;
    }

    private static int ppm(String percent) {
        return new BigDecimal(percent).movePointRight(4).intValueExact();
    }

    private static <T> T read(
            String key, String text, String expected, java.util.function.Function<String, T> form) {
        try {
            return form.apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "property Alerts/" + key + ": seen '" + text + "', expected " + expected, e);
        }
    }
}
