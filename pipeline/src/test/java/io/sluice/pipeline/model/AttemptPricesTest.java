package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Names;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** By which price an attempt is billed, and on what when its provider does not say. */
class AttemptPricesTest {
    private static final String ROW =
            "{\"model\":\"m\",\"scopes\":[\"base\"],\"output\":\"1\",\"input\":";
    private static final PriceBook PRICES =
            PriceBookJson.read(
                    Json.parse(
                            "{\"version\":\"v\",\"service_tiers\":{\"flex\":\"0.5\"},\"prices\":["
                                    + ROW
                                    + "\"10\"},"
                                    + ROW
                                    + "\"30\",\"from\":\""
                                    + Instant.ofEpochMilli(NOW)
                                    + "\"}]}"));
    private static final Usage TEN = Usage.of(10, 0);

    private final AttemptRules rules = new AttemptRules(PRICES, new RunId(NOW, "run"), 1_000);
    private final AdmittedRequest request = admitted("acme", "r1", "m", NOW + 60_000, 2);

    /** Decided 5 ms before the price rises, answered long after. */
    private AttemptEnd answered(Target target, AdmittedRequest admitted, @Nullable Usage usage) {
        AttemptItem claim = rules.claim(ModelCall.of(admitted, target), 1, target.key(), NOW);
        ModelReply reply = new ModelReply("{}", "end_turn", usage);
        return Objects.requireNonNull(
                rules.answered(claim, reply, admitted, NOW, NOW + 5_000).end());
    }

    private AdmittedRequest decidedAt(long millis) {
        return new AdmittedRequest(
                request.request(), request.decision().toBuilder().decidedAtMillis(millis).build());
    }

    @Test
    void priceIsThatOfTheDecision() {
        Target target = Target.of("m");
        assertThat(answered(target, decidedAt(NOW - 1), TEN).costPicoUsd()).isEqualTo(100_000_000);
        assertThat(answered(target, decidedAt(NOW), TEN).costPicoUsd()).isEqualTo(300_000_000);
        assertThat(answered(target, request, TEN).priceVersion()).isEqualTo(PRICES.version());
    }

    @Test
    void priceIsThatOfTheTierAndOneWithoutAPriceIsUnpriced() {
        AttemptEnd flex = answered(Target.of("m", null, ServiceTier.FLEX), request, TEN);
        assertThat(flex.costPicoUsd()).isEqualTo(50_000_000);
        AttemptEnd priority = answered(Target.of("m", null, ServiceTier.PRIORITY), request, TEN);
        assertThat(priority.costPicoUsd()).isZero();
        assertThat(priority.priceVersion()).isEqualTo(Names.UNPRICED_PRICE_VERSION);
    }

    @Test
    void usageThatTheProviderDoesNotTellIsEstimatedAndSaysSo() {
        AttemptEnd end = answered(Target.of("m"), request, null);
        // 10 estimated input tokens, and the 100 that it may be answered with
        assertThat(end.usage()).isEqualTo(Usage.of(10, 100).toBuilder().estimated(true).build());
        assertThat(end.costPicoUsd()).isEqualTo(100_000_000 + 100_000_000);
        assertThat(end.estimated()).isTrue();
        assertThat(end.ambiguous()).isFalse();
        assertThat(end.estimatedCostPicoUsd()).isEqualTo(end.costPicoUsd());
        assertThat(end.exactCostPicoUsd()).isZero();
    }

    @Test
    void countsOfZeroAreZero() {
        AttemptEnd end = answered(Target.of("m"), request, Usage.NONE);
        assertThat(end.costPicoUsd()).isZero();
        assertThat(end.estimated()).isFalse();
        assertThat(end.priceVersion()).isEqualTo(PRICES.version());
    }
}
