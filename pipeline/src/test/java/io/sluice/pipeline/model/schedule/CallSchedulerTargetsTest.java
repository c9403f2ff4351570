package io.sluice.pipeline.model.schedule;

import static io.sluice.contract.Priority.LOW;
import static io.sluice.contract.Priority.NORMAL;
import static io.sluice.pipeline.model.schedule.Desk.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Usage;
import io.sluice.pipeline.model.schedule.Desk.Call;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallSchedulerTargetsTest {
    private static final AttemptVerdict ANSWERED = AttemptVerdict.answered(Usage.of(1, 1));

    private static Desk ofQuota(String quota) {
        return Desk.ofTargets(
                new TargetSettings(
                                1,
                                100,
                                100,
                                50,
                                Duration.ZERO,
                                10,
                                50,
                                Map.of("t", QuotaSettings.parse("p", "t", quota)))
                        .capacitiesOf(0, 1));
    }

    @Test
    void placeOfATargetIsFreeWhenItsAttemptEndsAndThatOfTheLaneWhenTheCallDoes() {
        LaneBounds bounds = new LaneBounds(2, 1 << 20, 10, 1 << 20);
        Desk desk = new Desk(bounds, bounds, key -> TargetsPropertiesTest.ofPlaces(1));
        Call first = desk.offer("a", NORMAL);
        Call second = desk.offer("a", NORMAL);
        Call third = desk.offer("a", NORMAL);
        assertThat(desk.pump().running).containsExactly(first);

        desk.scheduler.attemptEnded(first, ANSWERED, desk.now);
        assertThat(desk.pump().running).containsExactly(first, second);
        desk.scheduler.attemptEnded(second, ANSWERED, desk.now);
        assertThat(desk.next()).isNull();
        desk.end(first);
        assertThat(desk.next()).isEqualTo(third);
    }

    @Test
    void throttlingHalvesTheTargetsPlacesAndGivesTheTokensBack() {
        Desk desk = ofQuota("tokens=1000 requests=50");
        desk.to("t", 100);
        Call call = desk.offer("a", NORMAL);
        desk.pump();
        assertThat(desk.scheduler.<Long>of("t", c -> c.tokensLeft(desk.now))).isEqualTo(900);

        desk.end(call, AttemptVerdict.THROTTLED);
        assertThat(desk.scheduler.of("t", TargetCapacity::limit)).isEqualTo(50);
        assertThat(desk.scheduler.<Long>of("t", c -> c.tokensLeft(desk.now))).isEqualTo(1_000);
        assertThat(desk.scheduler.<Long>of("t", c -> c.requestsLeft(desk.now))).isEqualTo(50);
    }

    @Test
    void capacityThatComesBackWithTimeIsForetold() {
        Desk desk = ofQuota("requests=2");
        for (int i = 0; i < 3; i++) {
            desk.offer("a", NORMAL);
        }
        desk.pump().running.stream().toList().forEach(call -> desk.end(call, ANSWERED));
        assertThat(desk.waiting).hasSize(1);

        long next = desk.scheduler.nextStartMillis(desk.now);
        assertThat(next).isBetween(desk.now + 60_000, desk.now + 60_100);
        desk.now = next - 1;
        assertThat(desk.next()).isNull();
        desk.now = next;
        assertThat(desk.next()).isNotNull();
        assertThat(desk.scheduler.nextStartMillis(desk.now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void bulkWorkTakesHalfOfAQuotaAndLessWhileOthersWait() {
        Desk desk = ofQuota("requests=20");
        for (int i = 0; i < 30; i++) {
            desk.offer("bulk", LOW);
        }
        desk.pump();
        assertThat(desk.running).hasSize(10);
        for (int i = 0; i < 30; i++) {
            desk.offer("person", NORMAL);
        }
        desk.pump();
        assertThat(desk.runningOf("person")).isEqualTo(10);
        desk.running.stream().toList().forEach(call -> desk.end(call, ANSWERED));
        desk.now += 60_100;
        desk.pump();
        assertThat(desk.startedOf("bulk")).isEqualTo(12);
        assertThat(desk.startedOf("person")).isEqualTo(28);
    }

    @Test
    void callThatWaitsAgainGoesBeforeYoungerOnesAndOnlyAfterItsRest() {
        Desk desk = Desk.ofTargets(key -> TargetsPropertiesTest.ofPlaces(1));
        Call refused = desk.offer("a", NORMAL);
        desk.pump();
        desk.now++;
        Call younger = desk.offer("a", NORMAL);
        Call youngest = desk.offer("a", NORMAL);
        desk.again(refused, "t", desk.now + 100);
        assertThat(desk.scheduler.nextStartMillis(desk.now)).isEqualTo(desk.now + 100);
        assertThat(desk.next()).isEqualTo(younger);

        desk.now += 100;
        desk.end(younger, ANSWERED);
        assertThat(desk.next()).isEqualTo(refused);
        desk.end(refused, ANSWERED);
        assertThat(desk.next()).isEqualTo(youngest);
    }

    @Test
    void callMayWaitAgainForAnotherTarget() {
        Desk desk = Desk.ofTargets(key -> TargetsPropertiesTest.ofPlaces(1));
        Call moves = desk.to("x").offer("a", NORMAL);
        Call stays = desk.to("y").offer("b", NORMAL);
        desk.pump();
        desk.again(moves, "y", desk.now);
        assertThat(desk.scheduler.of("x", TargetCapacity::running)).isZero();
        assertThat(desk.next()).isNull();

        desk.end(stays, ANSWERED);
        assertThat(desk.next()).isEqualTo(moves);
        assertThat(desk.scheduler.of("y", TargetCapacity::running)).isOne();
    }

    @Test
    void callThatRestsCanBeWithdrawnAndExpires() {
        Desk desk = Desk.ofTargets(key -> TargetsPropertiesTest.ofPlaces(5));
        Call one = desk.offer("a", NORMAL, 1, 5_000);
        Call two = desk.offer("a", NORMAL, 1, 5_000);
        desk.pump();
        desk.again(one, "t", 9_000);
        desk.again(two, "t", 9_000);
        assertThat(desk.withdraw(one)).isTrue();
        desk.now = 5_000;
        assertThat(desk.expire()).containsExactly(two);
        desk.now = 10_000;
        assertThat(desk.next()).isNull();
        assertThat(desk.scheduler.waiting(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void bytesOfRunningCallsAreBoundedAndALargeOneRunsAlone() {
        LaneBounds bounds = new LaneBounds(10, 100, 10, 1_000);
        Desk desk = new Desk(bounds, bounds, key -> TargetsPropertiesTest.ofPlaces(10));
        Call small = desk.offer("a", NORMAL, 60, NEVER);
        Call large = desk.offer("b", NORMAL, 500, NEVER);
        Call other = desk.offer("c", NORMAL, 30, NEVER);
        desk.pump();
        assertThat(desk.running).containsExactly(small);
        assertThat(desk.scheduler.runningBytes(Lane.INTERACTIVE)).isEqualTo(60);

        desk.end(small);
        assertThat(desk.pump().running).containsExactly(large);
        desk.end(large);
        assertThat(desk.pump().running).containsExactly(other);
    }

    @Test
    void fullRoomOfOneTargetTakesNothingFromACallForAnother() {
        LaneBounds bounds = new LaneBounds(10, 1 << 20, 2, 1 << 20);
        Desk desk = new Desk(bounds, bounds, key -> TargetsPropertiesTest.ofPlaces(1));
        desk.to("full");
        for (int i = 0; i < 4; i++) {
            desk.offer("a", NORMAL);
            desk.pump();
        }
        assertThat(desk.shed).hasSize(1);
        Call elsewhere = desk.to("free").offer("a", NORMAL);

        assertThat(desk.shed).hasSize(1);
        assertThat(desk.next()).isEqualTo(elsewhere);
    }
}
