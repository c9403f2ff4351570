package io.sluice.ingress.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.Route;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.contract.policy.ResolvedPolicy;
import io.sluice.ingress.payload.PayloadSettings;
import io.sluice.ingress.payload.Payloads;
import io.sluice.ingress.payload.Sealing;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.tenant.Policies;
import io.sluice.ingress.tenant.PoliciesOf;
import io.sluice.ingress.tenant.Tenant;
import io.sluice.ingress.tenant.TenantStore;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResubmitTest {
    private static final String NOVA = "amazon.nova-micro-v1:0";
    private static final String OWN = "acme.own-v1";

    private final Policies then =
            PoliciesOf.yaml(
                    "models: {chat: {targets: [{model: amazon.nova-micro-v1:0, region: us-east-1},"
                            + " {model: amazon.nova-micro-v1:0, region: us-west-2}]}}");

    @Test
    void aliasLeadsWhereThePolicyOfNowSays() {
        Policies now =
                PoliciesOf.yaml(
                        "models: {chat: {targets: [{model: acme.own-v1, region: eu-west-1}, {model:"
                                + " amazon.nova-micro-v1:0}]}, acme.own-v1: {family: unknown}}");
        RequestEvent earlier = submitted("chat", "");
        RequestEvent again = resubmitted(now, earlier);
        Route route = PoliciesOf.of(now, "acme").routeOf("chat");
        assertThat(again.facts().ownRoute()).isEqualTo(route).isNotNull();
        assertThat(again.facts().model()).isEqualTo(OWN);
        assertThat(again.facts().estimatedInputTokens())
                .as("the most cautious family")
                .isGreaterThan(earlier.facts().estimatedInputTokens());
        assertThat(again.payload()).isEqualTo(earlier.payload());
    }

    @Test
    void aliasThatLeadsToOneModelNowHasNoRoute() {
        Policies now = PoliciesOf.yaml("models: {chat: {model: amazon.nova-micro-v1:0}}");
        RequestEvent again = resubmitted(now, submitted("chat", ""));
        assertThat(again.facts().ownRoute()).isNull();
        assertThat(again.facts().model()).isEqualTo(NOVA);
    }

    @Test
    void whatThePolicyOfNowRefusesIsRefused() {
        Policies without = PoliciesOf.yaml("models: {acme.own-v1: {}}");
        assertThatThrownBy(() -> resubmitted(without, submitted("chat", "")))
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("its model 'chat'");
        Policies low = PoliciesOf.yaml("tenants: {acme: {max_tokens: {default: 9, ceiling: 99}}}");
        RequestEvent most = submitted(NOVA, "\"max_tokens\":99,");
        assertThat(resubmitted(low, most)).isEqualTo(most);
        RequestEvent over = submitted(NOVA, "\"max_tokens\":100,");
        assertThatThrownBy(() -> resubmitted(low, over))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("100 output tokens, expected at most 99");
    }

    private RequestEvent submitted(String model, String more) {
        String body =
                "{"
                        + more
                        + "\"model\":\""
                        + model
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Why is the sky"
                        + " blue?\"}]}";
        Tenant tenant = tenant(then);
        Submission read =
                new SubmissionReader(then)
                        .read(body.getBytes(StandardCharsets.UTF_8), tenant.resolved());
        return new EventStamp(
                        new RequestIds(List.of(new byte[32])),
                        InstantSource.fixed(Instant.EPOCH),
                        PriceBookJson.shipped())
                .event(tenant, read, null);
    }

    private RequestEvent resubmitted(Policies now, RequestEvent earlier) {
        PayloadSettings settings =
                new PayloadSettings(65_536, 33_554_432, Duration.ofDays(45), Duration.ofHours(1));
        Payloads none =
                new Payloads(Optional.empty(), Sealing.none(), settings, new SimpleMeterRegistry());
        return new Resubmit(archive(), now, none).byPolicyOfNow(tenant(now), earlier).join();
    }

    /** Has the policy of then, and nothing else to say. */
    private TenantStore archive() {
        Optional<ResolvedPolicy> archived = Optional.of(PoliciesOf.of(then, "acme"));
        return (TenantStore)
                Proxy.newProxyInstance(
                        TenantStore.class.getClassLoader(),
                        new Class<?>[] {TenantStore.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("policy");
                            assertThat(arguments).containsExactly("acme", 1);
                            return CompletableFuture.completedFuture(archived);
                        });
    }

    private static Tenant tenant(Policies policies) {
        TenantItem item =
                TenantItem.builder().tenantId("acme").tier("free").policyVersion(1).build();
        return new Tenant(item, PoliciesOf.of(policies, "acme"));
    }
}
