package io.sluice.sinks.ledger;

import static io.sluice.sinks.ledger.Attempts.answered;
import static io.sluice.sinks.ledger.Attempts.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Isolation;
import io.sluice.sinks.aws.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptStore} does. */
abstract class AttemptStoreContract {
    private final String requestId = "req_" + UUID.randomUUID();
    private final AttemptItem mine = claim(requestId, 1, "run-1");

    /** The store under test; closed by the subclass. */
    abstract AttemptStore store();

    @Test
    void firstClaimStands() {
        assertThat(store().claim(mine, Stage.START).join()).isEqualTo(mine);
        assertThat(store().claim(claim(requestId, 1, "run-2"), Stage.START).join()).isEqualTo(mine);
    }

    @Test
    void sameClaimAgainIsTheSame() {
        store().claim(mine, Stage.START).join();

        assertThat(store().claim(mine, Stage.START).join()).isEqualTo(mine);
    }

    @Test
    void claimOfAFinishedAttemptSeesItsEnd() {
        AttemptItem finished = answered(mine, "ünï \u0000 \uD83D\uDE00 \"quoted\" \n");
        store().claim(mine, Stage.START).join();
        store().finish(finished).join();

        assertThat(store().claim(claim(requestId, 1, "run-2"), Stage.START).join())
                .isEqualTo(finished);
    }

    @Test
    void endIsStoredOnceAndRepeatsWithoutEffect() {
        AttemptItem finished = answered(mine, "first");
        store().claim(mine, Stage.START).join();

        assertThat(store().finish(finished).join()).contains(finished);
        assertThat(store().finish(finished).join()).contains(finished);
        assertThat(store().finish(answered(mine, "second")).join()).contains(finished);
    }

    @Test
    void anotherRunsClaimIsNotFinished() {
        store().claim(mine, Stage.START).join();
        AttemptItem zombies = answered(claim(requestId, 1, "run-0"), "late");

        assertThat(store().finish(zombies).join()).contains(mine);
    }

    @Test
    void runThatWasTakenOverCannotFinish() {
        store().claim(mine, Stage.START).join();
        AttemptItem takenOver = answered(mine, "by another");
        store().finish(takenOver).join();

        assertThat(store().finish(answered(mine, "late")).join()).contains(takenOver);
    }

    @Test
    void whatWasNeverClaimedIsNotFinished() {
        assertThat(store().finish(answered(mine, "x")).join()).isEmpty();
        assertThat(store().read("acme", requestId, Isolation.POOLED).join()).isEmpty();
    }

    @Test
    void releasedClaimIsGone() {
        store().claim(mine, Stage.START).join();
        store().release(mine).join();
        store().release(mine).join();

        assertThat(store().read("acme", requestId, Isolation.POOLED).join()).isEmpty();
        AttemptItem next = claim(requestId, 1, "run-2");
        assertThat(store().claim(next, Stage.START).join()).isEqualTo(next);
        store().release(mine).join();
        assertThat(store().read("acme", requestId, Isolation.POOLED).join()).containsExactly(next);
    }

    @Test
    void whatIsFinishedIsNotReleased() {
        AttemptItem finished = answered(mine, "x");
        store().claim(mine, Stage.START).join();
        store().finish(finished).join();

        store().release(mine).join();

        assertThat(store().read("acme", requestId, Isolation.POOLED).join())
                .containsExactly(finished);
    }

    @Test
    void attemptsOfARequestAreReadInOrderAndAlone() {
        List<AttemptItem> all = new ArrayList<>();
        for (int number = 1; number <= 11; number++) {
            all.add(claim(requestId, number, "run-1"));
        }
        List<AttemptItem> backwards = new ArrayList<>(all);
        java.util.Collections.reverse(backwards);
        backwards.forEach(item -> store().claim(item, Stage.START).join());
        store().claim(claim(requestId + "x", 1, "run-1"), Stage.START).join();
        store().claim(mine.toBuilder().tenantId("other").build(), Stage.START).join();

        assertThat(store().read("acme", requestId, Isolation.POOLED).join()).isEqualTo(all);
    }

    @Test
    void oneOfManyClaimsStands() {
        List<CompletableFuture<AttemptItem>> claims = new ArrayList<>();
        for (int run = 0; run < 32; run++) {
            claims.add(store().claim(claim(requestId, 1, "run-" + run), Stage.START));
        }

        assertThat(claims.stream().map(CompletableFuture::join).collect(Collectors.toSet()))
                .hasSize(1);
    }
}
