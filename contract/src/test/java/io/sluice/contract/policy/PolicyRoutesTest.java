package io.sluice.contract.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.PriceBook;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How targets, quotas and degradation get from a policy into requests. */
class PolicyRoutesTest {
    private static final PriceBook PRICES = PriceBookJson.shipped();
    private static final String HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0";
    private static final String MICRO = "amazon.nova-micro-v1:0";

    private static ResolvedPolicy policy(String... lines) {
        return PolicyDocument.read(String.join("\n", lines), PRICES)
                .policyOf("acme", null, PolicyEntry.NONE, PRICES.version(), 1)
                .orElseThrow();
    }

    @Test
    void orderIsRankAndAnInnerListSharesItByWeight() {
        ResolvedPolicy policy =
                policy(
                        "models:",
                        "  chat:",
                        "    targets:",
                        "      - - {model: '" + HAIKU + "', region: us-east-1, weight: 3}",
                        "        - {model: '" + HAIKU + "', region: us-west-2, concurrency: 9}",
                        "      - {model: 'global." + HAIKU + "', tier: flex}",
                        "    degrade: {stale_for_seconds: 3600, model: '" + MICRO + "'}",
                        "  '" + HAIKU + "': {tokens_per_minute: 2000000, concurrency: 50}",
                        "  '" + MICRO + "': {output_burndown: 2}");

        assertThat(policy.routeOf("chat"))
                .isEqualTo(
                        new Route(
                                List.of(
                                        new Candidate(
                                                Target.of(HAIKU, "us-east-1", ServiceTier.DEFAULT),
                                                0,
                                                3,
                                                new TargetQuota(2_000_000, -1, 50, 5)),
                                        new Candidate(
                                                Target.of(HAIKU, "us-west-2", ServiceTier.DEFAULT),
                                                0,
                                                1,
                                                new TargetQuota(2_000_000, -1, 9, 5)),
                                        new Candidate(
                                                Target.of(
                                                        "global." + HAIKU, null, ServiceTier.FLEX),
                                                1,
                                                1,
                                                new TargetQuota(-1, -1, -1, 5))),
                                3_600_000,
                                new Candidate(
                                        Target.of(MICRO), 0, 1, new TargetQuota(-1, -1, -1, 2))));
        assertThat(policy.routeOf(HAIKU))
                .isEqualTo(
                        new Route(
                                List.of(
                                        new Candidate(
                                                Target.of(HAIKU),
                                                0,
                                                1,
                                                new TargetQuota(2_000_000, -1, 50, 5))),
                                0,
                                null));
        assertThat(policy.routeOf("amazon.nova-lite-v1:0")).isNull();
    }

    @Test
    void aliasStandsForItsFirstTargetWhichNeedsNoPrice() {
        ModelCatalogue models =
                PolicyDocument.read(
                                "models: {chat: {targets: [{model: acme.own}, {model: acme.two}]}}",
                                PRICES)
                        .models();
        assertThat(models.realId("chat")).isEqualTo("acme.own");
        assertThat(models.knows("acme.own", PRICES)).isTrue();
        assertThat(models.knows("acme.two", PRICES)).isTrue();
    }

    @Test
    void plainAliasSaysNoMoreThanItsModelAndLeavesThePolicyAsItIs() {
        ResolvedPolicy policy = policy("models: {fast: {model: '" + MICRO + "'}}");
        assertThat(policy.routeOf("fast")).isNull();
        assertThat(policy.hash()).isEqualTo(policy("").hash());
    }

    @Test
    void changedRouteIsAnotherPolicyAndComesBackFromTheArchive() {
        ResolvedPolicy one = policy("models: {a: {targets: [{model: x, region: us-east-1}]}}");
        ResolvedPolicy other = policy("models: {a: {targets: [{model: x, region: us-east-2}]}}");
        assertThat(one.hash()).isNotEqualTo(other.hash());
        ResolvedPolicy read =
                ArchivedPolicy.read(Json.parse(Json.bytes(ArchivedPolicy.write("acme", one))));
        assertThat(read.hash()).isEqualTo(one.hash());
        assertThat(read.routeOf("a")).isEqualTo(one.routeOf("a")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-haiku-20240307-v1:0, 1",
        "anthropic.claude-3-5-sonnet-20241022-v2:0, 1",
        "anthropic.claude-v2:1, 1",
        "anthropic.claude-instant-v1, 1",
        "anthropic.claude-3-7-sonnet-20250219-v1:0, 5",
        "us.anthropic.claude-sonnet-4-20250514-v1:0, 5",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.anthropic.claude-opus-4-1-20250805-v1:0, 5",
        "amazon.nova-pro-v1:0, 1",
        "meta.llama3-1-8b-instruct-v1:0, 1",
    })
    void outputBurnsDownAsTheProviderCounts(String model, int burndown) {
        assertThat(TargetQuota.burndownOf(model)).isEqualTo(burndown);
    }
}
