package io.sluice.pipeline.model.schedule;

import static io.sluice.contract.Priority.HIGH;
import static io.sluice.contract.Priority.LOW;
import static io.sluice.contract.Priority.NORMAL;
import static io.sluice.pipeline.model.schedule.Desk.AGING_MILLIS;
import static io.sluice.pipeline.model.schedule.Desk.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.pipeline.model.schedule.Desk.Call;
import org.junit.jupiter.api.Test;

class CallSchedulerTest {
    @Test
    void highGoesBeforeNormalWithinATenantAndAcrossTenants() {
        Desk desk = Desk.ofPlaces(1, 1);
        Call busy = desk.offer("a", NORMAL);
        desk.pump();
        Call normal = desk.offer("a", NORMAL);
        Call other = desk.offer("b", NORMAL);
        Call high = desk.offer("a", HIGH);
        Call highOfOther = desk.offer("c", HIGH);

        for (int i = 0; i < 4; i++) {
            desk.turnOver(Lane.INTERACTIVE);
        }
        assertThat(desk.started.get(0)).isEqualTo(busy);
        assertThat(desk.started.subList(1, 3)).containsExactlyInAnyOrder(high, highOfOther);
        assertThat(desk.started.subList(3, 5)).containsExactlyInAnyOrder(normal, other);
    }

    @Test
    void burstOfHighCallsGoesBeforeOlderNormalOnesOfOthers() {
        Desk desk = Desk.ofPlaces(1, 1);
        for (int i = 0; i < 20; i++) {
            desk.offer("normal", NORMAL);
        }
        desk.pump();
        for (int i = 0; i < 10; i++) {
            desk.offer("urgent", HIGH);
        }
        for (int i = 0; i < 10; i++) {
            desk.turnOver(Lane.INTERACTIVE);
        }

        assertThat(desk.startedOf("urgent")).isEqualTo(10);
    }

    @Test
    void normalCallThatWaitedForAnAgingIsAsGoodAsAHighOne() {
        Desk desk = Desk.ofPlaces(1, 1);
        desk.offer("a", HIGH);
        desk.pump();
        Call normal = desk.offer("a", NORMAL);
        desk.now += AGING_MILLIS - 1;
        Call before = desk.offer("a", HIGH);
        desk.now += 2;
        Call after = desk.offer("a", HIGH);

        for (int i = 0; i < 3; i++) {
            desk.turnOver(Lane.INTERACTIVE);
        }
        assertThat(desk.started.subList(1, 4)).containsExactly(before, normal, after);
    }

    @Test
    void agingCountsAcrossTenantsToo() {
        Desk desk = Desk.ofPlaces(1, 1);
        desk.offer("busy", HIGH);
        desk.pump();
        Call normal = desk.offer("a", NORMAL);
        desk.now += AGING_MILLIS;
        desk.offer("b", HIGH);

        desk.turnOver(Lane.INTERACTIVE);
        assertThat(desk.started.get(1)).isEqualTo(normal);
    }

    @Test
    void lanesHavePlacesOfTheirOwn() {
        Desk desk = Desk.ofPlaces(2, 1);
        for (int i = 0; i < 5; i++) {
            desk.offer("a", LOW);
            desk.offer("a", HIGH);
        }
        desk.pump();

        assertThat(desk.running)
                .extracting(Call::priority)
                .containsExactlyInAnyOrder(HIGH, HIGH, LOW);
        desk.turnOver(Lane.INTERACTIVE);
        assertThat(desk.scheduler.running(Lane.BULK)).isEqualTo(1);
        assertThat(desk.scheduler.running(Lane.INTERACTIVE)).isEqualTo(2);
        assertThat(desk.scheduler.waiting(Lane.BULK)).isEqualTo(4);
        assertThat(desk.scheduler.waiting(Lane.INTERACTIVE)).isEqualTo(2);
    }

    @Test
    void tenantWithFewCallsIsNotBehindOneWithMany() {
        Desk desk = Desk.ofPlaces(1, 1);
        for (int i = 0; i < 500; i++) {
            desk.offer("many", NORMAL);
        }
        desk.pump();
        Call few = desk.offer("few", NORMAL);

        desk.turnOver(Lane.INTERACTIVE);
        desk.turnOver(Lane.INTERACTIVE);
        assertThat(desk.started.indexOf(few)).isBetween(1, 2);
    }

    @Test
    void busyTenantDoesNotHoldOthersUp() {
        Desk desk = Desk.ofPlaces(10, 10).bound("busy", 1).bound("other", 1);
        Call first = desk.offer("busy", HIGH);
        Call second = desk.offer("busy", HIGH);
        Call other = desk.offer("other", NORMAL);
        desk.pump();
        assertThat(desk.running).containsExactlyInAnyOrder(first, other);

        desk.end(first);
        assertThat(desk.next()).isEqualTo(second);
    }

    @Test
    void boundOfATenantCountsBothLanes() {
        Desk desk = Desk.ofPlaces(10, 10).bound("a", 2);
        for (int i = 0; i < 3; i++) {
            desk.offer("a", LOW);
            desk.offer("a", HIGH);
        }
        desk.pump();

        assertThat(desk.running).hasSize(2);
    }

    @Test
    void newestBoundIsInForce() {
        Desk desk = Desk.ofPlaces(10, 10).bound("a", 1);
        desk.offer("a", NORMAL);
        desk.offer("a", NORMAL);
        desk.pump();
        assertThat(desk.running).hasSize(1);

        desk.bound("a", -1).offer("a", NORMAL);
        desk.pump();
        assertThat(desk.running).hasSize(3);
    }

    @Test
    void lowCallOfATenantAtItsBoundGetsItsTurn() {
        Desk desk = Desk.ofPlaces(10, 10).bound("a", 1);
        desk.offer("a", HIGH);
        desk.pump();
        Call low = desk.offer("a", LOW);
        for (int i = 0; i < 3 * AGING_MILLIS && desk.waiting.contains(low); i++) {
            desk.offer("a", HIGH);
            desk.now++;
            desk.turnOver(Lane.INTERACTIVE);
        }

        assertThat(desk.running).containsExactly(low);
        assertThat(desk.now).isBetween(1_000L + 2 * AGING_MILLIS, 1_000L + 3 * AGING_MILLIS);
    }

    @Test
    void fullLaneRefusesButNotWhatRunsAtOnce() {
        Desk desk =
                new Desk(new LaneBounds(10, 1 << 20, 1, 100), new LaneBounds(1, 1 << 20, 1, 100));
        desk.bound("busy", 1).offer("busy", NORMAL);
        desk.pump();
        desk.offer("busy", NORMAL);
        Call tooMany = desk.offer("busy", NORMAL);
        Call atOnce = desk.offer("idle", NORMAL);
        desk.pump();

        assertThat(desk.shed).containsExactly(tooMany);
        assertThat(desk.running).contains(atOnce);
    }

    @Test
    void fullLaneIsTheOtherLanesRoom() {
        Desk desk =
                new Desk(new LaneBounds(1, 1 << 20, 1, 100), new LaneBounds(1, 1 << 20, 1, 100));
        for (int i = 0; i < 5; i++) {
            desk.offer("bulk", LOW);
            desk.pump();
        }
        desk.offer("person", NORMAL);
        desk.pump();
        desk.offer("person", NORMAL);

        assertThat(desk.shed).hasSize(3).allMatch(call -> call.priority() == LOW);
    }

    @Test
    void bytesAreBoundedToo() {
        Desk desk = new Desk(new LaneBounds(1, 1 << 20, 100, 10), new LaneBounds(1, 1 << 20, 1, 1));
        desk.offer("a", NORMAL);
        desk.pump();
        desk.offer("a", NORMAL, 10, NEVER);
        assertThat(desk.shed).isEmpty();

        Call oneByteMore = desk.offer("a", NORMAL, 1, NEVER);
        Call neverFits = desk.offer("b", NORMAL, 11, NEVER);
        assertThat(desk.shed).containsExactly(oneByteMore, neverFits);
    }

    @Test
    void highCallTakesTheRoomOfItsTenantsLastNormalOne() {
        Desk desk = new Desk(new LaneBounds(1, 1 << 20, 2, 100), new LaneBounds(1, 1 << 20, 1, 1));
        desk.offer("a", NORMAL);
        desk.pump();
        desk.offer("a", NORMAL);
        Call last = desk.offer("a", NORMAL);
        desk.offer("a", HIGH);

        assertThat(desk.shed).containsExactly(last);
    }

    @Test
    void waitingCallsExpireInOrderOfDeadline() {
        Desk desk = Desk.ofPlaces(1, 1);
        desk.now = 0;
        Call late = desk.offer("a", NORMAL, 1, 90);
        Call middle = desk.offer("a", LOW, 1, 80);
        Call early = desk.offer("b", HIGH, 1, 70);

        assertThat(desk.scheduler.nextDeadlineMillis()).isEqualTo(70);
        desk.now = 69;
        assertThat(desk.expire()).isEmpty();
        desk.now = 80;
        assertThat(desk.expire()).containsExactly(early, middle);
        assertThat(desk.next()).isEqualTo(late);
        assertThat(desk.scheduler.nextDeadlineMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(desk.scheduler.waitingBytes(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void withdrawnCallIsOutAndARunningOneStays() {
        Desk desk = Desk.ofPlaces(1, 1);
        Call running = desk.offer("a", NORMAL);
        desk.pump();
        Call waiting = desk.offer("a", NORMAL);

        assertThat(desk.withdraw(running)).isFalse();
        assertThat(desk.withdraw(waiting)).isTrue();
        assertThat(desk.withdraw(waiting)).isFalse();
        desk.turnOver(Lane.INTERACTIVE);
        assertThat(desk.withdraw(running)).isFalse();
        assertThat(desk.started).containsExactly(running);
    }

    @Test
    void endWithoutStartIsABug() {
        Desk desk = Desk.ofPlaces(1, 1);
        Call waiting = desk.offer("a", NORMAL);

        assertThatThrownBy(() -> desk.scheduler.ended(waiting, 0))
                .isInstanceOf(IllegalStateException.class);
        desk.pump();
        desk.end(waiting);
        assertThatThrownBy(() -> desk.scheduler.ended(waiting, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void callThatRanBeforeGivesWayOnlyWhereItsTenantHasNothingElseToLose() {
        LaneBounds roomForTwo = new LaneBounds(1, 1 << 20, 2, 1 << 20);
        Desk desk = new Desk(roomForTwo, roomForTwo);
        Call tried = desk.offer("a", NORMAL);
        desk.pump();
        Call waiting = desk.offer("a", HIGH);
        desk.again(tried, "t", desk.now + 1_000);
        Call newcomer = desk.offer("a", HIGH);
        assertThat(desk.shed).containsExactly(newcomer);

        desk.pump();
        desk.again(waiting, "t", desk.now + 1_000);
        Call running = desk.offer("b", HIGH);
        desk.pump();
        Call others = desk.offer("c", HIGH);
        assertThat(desk.shed).containsExactly(newcomer, tried);
        assertThat(desk.running).containsExactly(running);
        assertThat(desk.waiting).containsExactlyInAnyOrder(waiting, others);
    }
}
