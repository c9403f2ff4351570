package io.sluice.contract.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyErrorsTest {
    private static final PriceBook PRICES = PriceBookJson.shipped();

    private static List<String> wrong(String yaml) {
        InvalidPolicyException thrown =
                catchThrowableOfType(
                        InvalidPolicyException.class, () -> PolicyDocument.read(yaml, PRICES));
        assertThat(thrown).as("accepted: " + yaml).isNotNull();
        return thrown.messages();
    }

    /** A line of YAML, and how its one message begins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "tiers: {free: {requests_per_minute: ten}}|tiers.free.requests_per_minute: seen 'ten', expected a whole number from 0 to 1000000, or 'unlimited'",
                "tiers: {free: {requests_per_minute: '10'}}|tiers.free.requests_per_minute: seen '10', expected a whole number",
                "tiers: {free: {requests_per_minute: -1}}|tiers.free.requests_per_minute: seen '-1', expected a whole number",
                "tiers: {free: {requests_per_minute: 1.5}}|tiers.free.requests_per_minute: seen '1.5'",
                "tiers: {free: {requests_per_minute: 010}}|tiers.free.requests_per_minute: seen '010'",
                "tiers: {free: {requests_per_minute: 1_000}}|tiers.free.requests_per_minute: seen '1_000'",
                "tiers: {free: {requests_per_minute: 0x10}}|tiers.free.requests_per_minute: seen '0x10'",
                "tiers: {free: {requests_per_minute: .inf}}|tiers.free.requests_per_minute: seen '.inf'",
                "tiers: {free: {requests_per_minute: 1e999999999}}|tiers.free.requests_per_minute: seen '1e999999999'",
                "tiers: {free: {requests_per_minute: }}|tiers.free.requests_per_minute: seen nothing",
                "tiers: {free: {requests_per_minute: [1]}}|tiers.free.requests_per_minute: seen a list",
                "tiers: {free: {requests_per_minute: 9223372036854775808}}|tiers.free.requests_per_minute: seen '9223372036854775808'",
                "tiers: {free: {requests_per_year: 1}}|tiers.free.requests_per_year: unknown key, expected one of allowed_models",
                "tiers: {free: {tier: gold}}|tiers.free.tier: unknown key",
                "tiers: {free: {weight: 0}}|tiers.free.weight: seen '0', expected a whole number from 1 to 1000",
                "tiers: {free: {max_concurrent: 0}}|tiers.free.max_concurrent: seen '0'",
                "tiers: {free: {budget_per_day_usd: -1}}|tiers.free.budget_per_day_usd: seen '-1', expected an amount in USD",
                "tiers: {free: {budget_per_day_usd: 0.0000000000001}}|tiers.free.budget_per_day_usd: seen",
                "tiers: {free: {budget_per_day_usd: 9000001}}|tiers.free.budget_per_day_usd: seen '9000001'",
                "tiers: {free: {budget_per_day_usd: {action: warn}}}|tiers.free.budget_per_day_usd.limit: seen nothing",
                "tiers: {free: {budget_per_day_usd: {limit: 1, action: stop}}}|tiers.free.budget_per_day_usd.action: seen 'stop', expected block, warn or downgrade",
                "tiers: {free: {budget_per_day_usd: {limit: 1, action: downgrade}}}|tiers.free.budget_per_day_usd.downgrade_to: seen nothing",
                "tiers: {free: {budget_per_day_usd: {limit: 1, downgrade_to: x}}}|tiers.free.budget_per_day_usd.downgrade_to: seen 'x', expected none",
                "tiers: {free: {budget_per_day_usd: {limit: 1, action: downgrade, downgrade_to: gpt-9}}}|tiers.free.budget_per_day_usd.downgrade_to: seen 'gpt-9', expected an alias",
                "tiers: {free: {budget_per_day_usd: {limit: 1, period: day}}}|tiers.free.budget_per_day_usd.period: unknown key",
                "tiers: {free: {max_tokens: 0}}|tiers.free.max_tokens: seen '0'",
                "tiers: {free: {max_tokens: {default: 10, ceiling: 9}}}|tiers.free.max_tokens.default: seen '10', expected at most the ceiling of 9",
                "tiers: {free: {max_tokens: {floor: 9}}}|tiers.free.max_tokens.floor: unknown key",
                "tiers: {free: {cache: none}}|tiers.free.cache: seen 'none', expected a mapping, or 'off'",
                "tiers: {free: {cache: {llm_ttl_seconds: -1}}}|tiers.free.cache.llm_ttl_seconds: seen '-1', expected seconds",
                "tiers: {free: {cache: {llm_ttl_seconds: 0.0001}}}|tiers.free.cache.llm_ttl_seconds: seen '0.0001'",
                "tiers: {free: {cache: {sampled: yes}}}|tiers.free.cache.sampled: seen 'yes', expected true or false",
                "tiers: {free: {cache: {ttl: 1}}}|tiers.free.cache.ttl: unknown key",
                "tiers: {free: {priority: urgent}}|tiers.free.priority: seen 'urgent', expected one of high, normal, low",
                "tiers: {free: {allowed_models: []}}|tiers.free.allowed_models: seen a list",
                "tiers: {free: {allowed_models: [7]}}|tiers.free.allowed_models[]: seen '7'",
                "tiers: {free: {allowed_models: [gpt-9]}}|tiers.free.allowed_models[]: seen 'gpt-9', expected an alias",
                "tiers: {free: {ambiguous: maybe}}|tiers.free.ambiguous: seen 'maybe'",
                "tiers: {free: {isolation: shared}}|tiers.free.isolation: seen 'shared'",
                "tiers: {free: {shadow: [max_concurrent]}}|tiers.free.shadow[]: seen 'max_concurrent'",
                "tiers: {free: {shadow: all}}|tiers.free.shadow: seen 'all'",
                "tiers: {Free: {}}|tiers.Free: expected a tier's name",
                "tiers: [free]|tiers: seen a list, expected a mapping",
                "tiers: {free: 7}|tiers.free: seen '7', expected a mapping",
                "tenants: {a#b: {}}|tenants.a#b: expected a tenant id",
                "tenants: {acme: {tier: gold}}|tenants.acme.tier: seen 'gold', expected one of the tiers business, enterprise, free",
                "tenants: {acme: {tier: 7}}|tenants.acme.tier: seen '7'",
                "default_tier: gold|default_tier: seen 'gold', expected one of the tiers",
                "default_tier: |default_tier: seen nothing",
                "models: {fast: {model: 7}}|models.fast.model: seen '7'",
                "models: {fast: amazon.nova-micro-v1:0}|models.fast: seen 'amazon.nova-micro-v1:0', expected a mapping",
                "models: {fast: {model: x, family: meta}}|models.fast.family: an alias has none",
                "models: {fast: {family: gpt}}|models.fast.family: seen 'gpt', expected one of anthropic",
                "models: {a: {model: b}, b: {model: c}}|models.a.model: seen 'b', which is an alias itself",
                "models: {'a b': {}}|models.a b: expected a name",
                "models: {a: {model: x, targets: [{model: y}]}}|models.a.model: an alias has either model or targets, not both",
                "models: {a: {targets: []}}|models.a.targets: seen a list, expected a list of 1 to 16 targets",
                "models: {a: {targets: [x]}}|models.a.targets[0]: seen 'x', expected a mapping of model, region",
                "models: {a: {targets: [{model: x}, [{model: y, region: mars}]]}}|models.a.targets[1][0].region: seen 'mars', expected an AWS region",
                "models: {a: {targets: [{model: x, tier: gold}]}}|models.a.targets[0].tier: seen 'gold', expected one of default, priority, flex, reserved",
                "models: {a: {targets: [{model: x, weight: 0}]}}|models.a.targets[0].weight: seen '0', expected a whole number from 1 to 1000",
                "models: {a: {targets: [{model: x, rank: 1}]}}|models.a.targets[0].rank: unknown key",
                "models: {a: {targets: [{model: x}, {model: x}]}}|models.a.targets[1]: the same model, region and tier stands further up",
                "models: {a: {targets: [{model: x, concurrency: none}]}}|models.a.targets[0].concurrency: seen 'none', expected a whole number",
                "models: {a: {targets: [{region: us-east-1}]}}|models.a.targets[0].model: seen nothing, expected a model id",
                "models: {a: {targets: [{model: b}]}, b: {model: c}}|models.a.model: seen 'b', which is an alias itself",
                "models: {a: {model: x, degrade: {model: 7}}}|models.a.degrade.model: seen '7', expected the id of a cheaper model",
                "models: {a: {model: x, degrade: {stale_for_seconds: -1}}}|models.a.degrade.stale_for_seconds: seen '-1', expected seconds",
                "models: {a: {model: x, degrade: off}}|models.a.degrade: seen 'off', expected a mapping of stale_for_seconds and model",
                "models: {x: {degrade: {model: y}}}|models.x.degrade: only an alias with model or targets has it",
                "models: {x: {output_burndown: 0}}|models.x.output_burndown: seen '0', expected a whole number from 1 to 100",
                "models: {a: {model: x, concurrency: 4}}|models.a.concurrency: an alias has none of its own; give it to models.x",
                "limits: {}|limits: unknown key, expected one of default_tier, models, tenants, tiers",
                "tiers: {free: {weight: 1, weight: 1}}|tiers.free.weight: given twice, again in line 1; expected once",
                "tiers: {free: {? [a] : 1}}|tiers.free: a key in line 1 is no plain text",
                "tiers: {free: {weight: !!binary aGk=}}|tiers.free.weight: the tag",
                "tiers: {free: &a {weight: 2}, other: *a}|the policy: not YAML",
                "tiers: [|the policy: not YAML",
                "just text|the policy: seen 'just text', expected a mapping",
                "- a|the policy: seen a list"
            })
    void wrongValueIsToldByTheFullPathOfItsKey(String yaml, String message) {
        List<String> messages = wrong(yaml);
        assertThat(messages.get(0)).startsWith(message);
        assertThat(messages).as("nothing else follows from it").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void twoDocumentsAreOneTooMany() {
        assertThat(wrong("default_tier: free\n---\ndefault_tier: business\n").get(0))
                .startsWith("the policy: not YAML");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(
                        wrong(
                                "default_tier: none\ntiers:\n  free:\n    weight: 0\n    x: 1\n"
                                        + "tenants:\n  acme:\n    priority: soon\n"))
                .hasSize(4);
    }

    @Test
    void overridesAreReadByTheSameRules() {
        InvalidPolicyException thrown =
                catchThrowableOfType(
                        InvalidPolicyException.class,
                        () ->
                                PolicyEntry.ofOverrides(
                                        Json.parse("{\"weight\":0,\"requests_per_minute\":-2}")));
        assertThat(thrown.messages())
                .containsExactlyInAnyOrder(
                        "overrides.weight: seen '0', expected a whole number from 1 to 1000",
                        "overrides.requests_per_minute: seen '-2', expected a whole number from 0"
                                + " to 1000000, or 'unlimited'");
    }
}
