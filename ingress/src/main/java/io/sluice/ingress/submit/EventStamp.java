package io.sluice.ingress.submit;

import io.sluice.contract.PriceBook;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.tenant.Tenant;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes events of submissions: adds id, time, the tenant's policy and prices. */
@Singleton
final class EventStamp {
    private final RequestIds ids;
    private final InstantSource time;
    private final PriceBook prices;

    EventStamp(RequestIds ids, InstantSource time, PriceBook prices) {
        this.ids = ids;
        this.time = time;
        this.prices = prices;
    }

    /** An earlier event under a new id, by the policy and prices of now. */
    RequestEvent again(Tenant tenant, RequestEvent earlier, String id, long receivedAtMillis) {
        RequestFacts facts = earlier.facts();
        long patienceMillis = Math.max(1, facts.deadlineAtMillis() - facts.receivedAtMillis());
        return earlier.toBuilder()
                .facts(
                        facts.toBuilder()
                                .requestId(id)
                                .receivedAtMillis(receivedAtMillis)
                                .policy(tenant.policy())
                                .prices(
                                        Reserves.of(
                                                facts.model(),
                                                facts.route(),
                                                tenant.policy(),
                                                prices,
                                                receivedAtMillis))
                                .deadlineAtMillis(time.millis() + patienceMillis)
                                .build())
                .build();
    }

    /** The event of a submission that is taken in now; a malformed trace context is left out. */
    RequestEvent event(Tenant tenant, Submission submission, @Nullable String traceparent) {
        long now = time.millis();
        RequestFacts facts =
                RequestFacts.builder()
                        .tenantId(tenant.id())
                        .requestId(ids.issue(tenant.id(), now))
                        .receivedAtMillis(now)
                        .policy(tenant.policy())
                        .model(submission.model())
                        .promptHash(submission.prompt().hash())
                        .taskHash(submission.taskHash())
                        .sampled(submission.prompt().sampled())
                        .prices(
                                Reserves.of(
                                        submission.model(),
                                        submission.route(),
                                        tenant.policy(),
                                        prices,
                                        now))
                        .route(submission.route())
                        .cacheMode(submission.cacheMode())
                        .estimatedInputTokens(submission.prompt().estimatedInputTokens())
                        .maxTokens(submission.maxTokens())
                        .priority(submission.priority())
                        .deadlineAtMillis(now + submission.deadlineMillis())
                        .labels(submission.labels())
                        .build();
        return RequestEvent.builder()
                .facts(facts)
                .payload(submission.prompt().payload())
                .traceparent(Traceparent.checked(traceparent))
                .build();
    }
}
