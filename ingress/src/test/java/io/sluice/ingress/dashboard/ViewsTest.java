package io.sluice.ingress.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.tenant.PoliciesOf;
import io.sluice.ingress.tenant.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class ViewsTest {
    private static final ViewKey FLEET = new ViewKey(null, TimeRange.HOUR);

    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean failing;
    private final Views views =
            new Views(
                    key -> {
                        opened.incrementAndGet();
                        return this::load;
                    },
                    new AtomicInteger());

    @Test
    void aHundredViewersReadTheTablesAsOneDoes() {
        List<Disposable> viewers = new ArrayList<>();
        List<List<Snapshot>> seen = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            List<Snapshot> mine = new CopyOnWriteArrayList<>();
            seen.add(mine);
            viewers.add(views.stream(FLEET).subscribe(mine::add));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> seen.stream().allMatch(mine -> mine.size() >= 2));
        assertThat(views.viewers()).isEqualTo(100);
        viewers.forEach(Disposable::dispose);
        assertThat(opened).hasValue(1);
        int most = seen.stream().mapToInt(List::size).max().orElseThrow();
        assertThat(loads.get()).isLessThanOrEqualTo(most + 1);
        assertThat(views.viewers()).isZero();
        await().atMost(Duration.ofSeconds(60)).until(() -> views.viewsKept() == 0);
        assertThat(views.once(FLEET).block().kind()).isEqualTo(Snapshot.Kind.VIEW);
        assertThat(opened).hasValue(2);
    }

    @Test
    void afterTroubleItGoesOn() {
        failing = true;
        List<Snapshot.Kind> seen = new CopyOnWriteArrayList<>();
        Disposable viewer =
                views.stream(FLEET)
                        .map(Snapshot::kind)
                        .doOnNext(kind -> failing = false)
                        .subscribe(seen::add);
        await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() >= 2);
        viewer.dispose();
        assertThat(seen).startsWith(Snapshot.Kind.TROUBLE, Snapshot.Kind.VIEW);
    }

    @Test
    void oneMoreThanANodeServesIsToldToComeBack() {
        List<Disposable> viewers = new ArrayList<>();
        for (int i = 0; i < Views.MOST_VIEWERS; i++) {
            viewers.add(views.stream(FLEET).subscribe());
        }
        assertThatThrownBy(() -> views.stream(FLEET)).isInstanceOf(ProblemException.class);
        viewers.get(0).dispose();
        viewers.set(0, views.stream(FLEET).subscribe());
        viewers.forEach(Disposable::dispose);
    }

    @Test
    void aTenantSeesItselfAlone() {
        Caller acme =
                new Caller(
                        new Tenant(
                                TenantItem.builder()
                                        .tenantId("acme")
                                        .tier("free")
                                        .policyVersion(1)
                                        .build(),
                                PoliciesOf.of(PoliciesOf.shipped(), "acme")),
                        "k1");
        ViewKey own = new ViewKey("acme", TimeRange.DAY);
        assertThat(ViewKey.of(acme, null, TimeRange.DAY)).isEqualTo(own);
        assertThat(ViewKey.of(acme, "acme", TimeRange.DAY)).isEqualTo(own);
        for (String other : List.of("rival", "_admin", "ACME", "")) {
            assertThatThrownBy(() -> ViewKey.of(acme, other, TimeRange.DAY))
                    .as(other)
                    .isInstanceOf(ProblemException.class);
        }
        Caller admin = new Caller(null, "k1");
        assertThat(ViewKey.of(admin, null, TimeRange.HOUR)).isEqualTo(FLEET);
        assertThat(ViewKey.of(admin, "rival", TimeRange.DAY).tenantId()).isEqualTo("rival");
    }

    private Mono<Snapshot> load() {
        if (failing) {
            return Mono.error(new IllegalStateException("throttled"));
        }
        return Mono.just(Snapshot.of(Json.object().put("load", loads.incrementAndGet())));
    }
}
