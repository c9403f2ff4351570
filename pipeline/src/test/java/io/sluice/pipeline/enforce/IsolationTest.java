package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import io.sluice.contract.Labels;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.SessionItem;
import io.sluice.pipeline.usage.UsageChange;
import org.junit.jupiter.api.Test;

/**
 * Which tables what an event leaves behind goes to: a request's own rows by the policy that it was
 * stamped with, what sums up a tenant's requests by the newest policy seen.
 */
class IsolationTest {
    private static final long NOW = Facts.NOON;
    private static final EffectivePolicy POOLED =
            Facts.policy()
                    .version(1)
                    .requestsPerMinute(4)
                    .cache(CacheRules.SHIPPED.withLlmTtlMillis(60_000))
                    .build();
    private static final EffectivePolicy SILO =
            POOLED.toBuilder().version(2).isolation(Isolation.SILO).build();

    @Test
    void decidedResultGoesWhereItsRequestWasStampedToGo() throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(Backend.HEAP)) {
            harness.process(request("a", "p", POOLED));
            harness.process(request("b", "p", POOLED)); // waits for a
            harness.process(request("c", "p", SILO)); // waits too
            harness.process(outcome(Facts.succeeded("a")));
            harness.process(request("d", "p", POOLED)); // a node that knows the older policy
            harness.process(request("e", "p", SILO));
            assertThat(harness.decided())
                    .extracting(ResultItem::requestId, ResultItem::isolation)
                    .containsExactlyInAnyOrder(
                            tuple("b", Isolation.POOLED),
                            tuple("c", Isolation.SILO),
                            tuple("d", Isolation.POOLED),
                            tuple("e", Isolation.SILO));
        }
    }

    @Test
    void usageGoesToTheNewTablesFromTheFirstRequestOfTheNewPolicyOn() throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(Backend.HEAP)) {
            harness.process(request("a", "p", POOLED));
            harness.process(request("b", "q", SILO));
            harness.process(outcome(Facts.succeeded("a"))); // admitted before, settled after
            harness.process(request("c", "r", POOLED)); // a node that knows the older policy
            assertThat(harness.usage())
                    .extracting(UsageChange::isolation)
                    .containsExactly(
                            Isolation.POOLED, Isolation.SILO, Isolation.SILO, Isolation.SILO);
        }
    }

    @Test
    void copiesOfConversationsDoTheSame() throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(Backend.HEAP)) {
            harness.process(turn("a", POOLED));
            harness.process(outcome(Facts.succeeded("a")));
            harness.process(turn("b", SILO));
            harness.process(outcome(Facts.succeeded("b")));
            assertThat(harness.sessions())
                    .extracting(SessionItem::isolation)
                    .startsWith(Isolation.POOLED)
                    .endsWith(Isolation.SILO);
        }
    }

    private static LogRecord request(String id, String prompt, EffectivePolicy policy) {
        return record(facts(id, prompt, policy).build());
    }

    private static LogRecord turn(String id, EffectivePolicy policy) {
        return record(
                facts(id, id, policy)
                        .labels(Labels.builder().endpoint("chat").userId("u").session("s").build())
                        .build());
    }

    private static RequestFacts.Builder facts(String id, String prompt, EffectivePolicy policy) {
        return Facts.request(id, NOW)
                .promptHash(prompt)
                .policy(policy)
                .deadlineAtMillis(NOW + 60_000);
    }

    private static LogRecord record(RequestFacts facts) {
        return new LogRecord(Facts.event(facts), NOW, facts.requestId());
    }

    private static LogRecord outcome(OutcomeFacts.Builder facts) {
        return new LogRecord(Facts.event(facts.build()), NOW, "o");
    }
}
