package io.sluice.ingress.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.TenantItem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.tenant.PoliciesOf;
import io.sluice.ingress.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestLookupTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static final Tenant NEVER_ERASED = tenant(0);

    private final RequestIds ids = new RequestIds(List.of(new byte[32]));

    @Test
    void acknowledgedRequestIsNotGoneAsLongAsItsEventIsOnTheStream() {
        RequestLookup.Known friday = issued(Duration.ofHours(60));
        assertThat(lookup(Duration.ofDays(7)).live(friday, NEVER_ERASED)).isEqualTo(friday);
        assertThatThrownBy(() -> lookup(Duration.ofDays(1)).live(friday, NEVER_ERASED))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no longer kept");
    }

    @Test
    void whatWasIssuedBeforeAnErasureIsGoneEvenIfACacheHoldsItsResult() {
        RequestLookup.Known none = issued(Duration.ofHours(1));
        ResultItem held = Decisions.item(ResultStatus.SUCCEEDED, Decisions.decision(List.of()));
        RequestLookup.Known request =
                new RequestLookup.Known(none.id(), none.issuedAtMillis(), Optional.of(held));
        RequestLookup lookup = lookup(Duration.ofDays(7));
        assertThat(lookup.live(none, tenant(none.issuedAtMillis()))).isEqualTo(none);
        assertThatThrownBy(() -> lookup.live(request, tenant(none.issuedAtMillis() + 1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("erased");
    }

    private static Tenant tenant(long erasedAtMillis) {
        return new Tenant(
                TenantItem.builder()
                        .tenantId("acme")
                        .tier("pro")
                        .erasedAtMillis(erasedAtMillis)
                        .build(),
                PoliciesOf.of(PoliciesOf.yaml("tenants: {acme: {tier: free}}"), "acme"));
    }

    private RequestLookup.Known issued(Duration ago) {
        String id = ids.issue("acme", NOW.minus(ago).toEpochMilli());
        return lookup(Duration.ZERO).find("acme", "key", id).join();
    }

    private RequestLookup lookup(Duration retention) {
        return new RequestLookup(
                ids,
                new NothingKept(),
                new TableOfResults(),
                InstantSource.fixed(NOW),
                retention::toMillis);
    }

    private static final class NothingKept implements ResultCache {
        @Override
        public CompletableFuture<Optional<ResultItem>> get(String keyId, ResultKey key) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void put(String keyId, ResultItem item) {}
    }
}
