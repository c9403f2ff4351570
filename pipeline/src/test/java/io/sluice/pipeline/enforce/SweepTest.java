package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.UsageCounts;
import org.junit.jupiter.api.Test;

/** What is forgotten, and when. Sweeps happen every ten minutes of arrival time at most. */
class SweepTest {
    private static final long TEN_MINUTES = 600_000;

    /** The beginning of a ten-minute stretch. */
    private static final long NOW = Facts.NOON;

    private final EngineAt at =
            new EngineAt(
                    Facts.policy()
                            .cache(new CacheRules(60_000, 60_000, 60_000, true, 9, 999))
                            .build());

    @Test
    void aDeadAnswerIsDroppedByTheSweepThatFollows() {
        at.ask("a", "p", NOW, 1);
        at.end(Facts.succeeded("a"), NOW + 1);
        assertThat(at.state.slotKeys()).hasSize(1);
        expire(NOW + TEN_MINUTES - 1);
        assertThat(at.state.slotKeys()).as("no sweep yet").hasSize(1);
        expire(NOW + TEN_MINUTES);
        assertThat(at.state.slotKeys()).isEmpty();
        assertThat(at.effects.lines).contains("dropAnswer llm:vendor.unit:p");
    }

    @Test
    void anAnswerThatMayStillBeServedStays() {
        at.ask("a", "p", NOW, 1);
        long edge = NOW + TEN_MINUTES - 60_000 - DecisionTime.TOLERANCE_MILLIS;
        at.end(Facts.succeeded("a"), edge + 1);
        at.ask("b", "q", edge + 1, 1);
        at.end(Facts.succeeded("b"), edge + 1);
        expire(NOW + TEN_MINUTES);
        assertThat(at.state.slotKeys()).as("a request may be dated 5 s back").hasSize(2);
        expire(NOW + 2 * TEN_MINUTES);
        assertThat(at.state.slotKeys()).isEmpty();
    }

    @Test
    void aFlightStaysWhenItsOldAnswerIsDropped() {
        at.ask("a", "p", NOW, 1);
        at.end(Facts.succeeded("a"), NOW + 1);
        at.ask("b", "p", NOW + 60_001, 1);
        expire(NOW + TEN_MINUTES);
        assertThat(at.state.slot("llm:vendor.unit:p").entry()).isNull();
        assertThat(at.state.slot("llm:vendor.unit:p").flights()).hasSize(1);
    }

    @Test
    void aConversationIsDroppedWhenItIsOverButNotWhileATurnIsUnderWay() {
        turn("a", "s", NOW);
        at.end(Facts.succeeded("a"), NOW + 1);
        turn("b", "t", NOW);
        at.end(Facts.succeeded("b"), NOW + 1);
        turn("c", "t", NOW + 2);
        expire(NOW + TEN_MINUTES);
        assertThat(at.state.conversationKeys()).containsExactly("session:/t");
        assertThat(at.effects.lines).contains("dropConversation session:/s");
    }

    @Test
    void whatLeftTheMinuteAndTheHourIsForgottenAtTheNextEvent() {
        for (int i = 0; i < 200; i++) {
            at.ask(RequestIds.of(NOW, i), "p" + i, NOW, 1);
            at.end(Facts.succeeded(RequestIds.of(NOW, i)), NOW);
        }
        assertThat(at.state.core().hasLive()).isTrue();
        expire(NOW + 60_000 + DecisionTime.TOLERANCE_MILLIS - 1);
        assertThat(at.state.core().minute().count()).isEqualTo(200);
        expire(NOW + 60_000 + DecisionTime.TOLERANCE_MILLIS);
        assertThat(at.state.core().minute().count()).isZero();
        assertThat(at.state.core().hasLive()).as("ids").isTrue();
        expire(NOW + 3_600_000 - 1);
        assertThat(at.state.core().seen().isEmpty()).isFalse();
        expire(NOW + 3_600_000);
        assertThat(at.state.core().hasLive()).isFalse();
        assertThat(at.state.entries()).containsExactly("core ");
    }

    @Test
    void aHoldIsAlive() {
        at.ask("a", "p", NOW, 1);
        expire(NOW + 4_000_000);
        assertThat(at.state.core().seen().isEmpty()).isTrue();
        assertThat(at.state.core().hasLive()).as("a late outcome may come").isTrue();
    }

    @Test
    void anExpireCommandMovesNoUsageButItsWindows() {
        int lines = at.effects.lines.size();
        expire(NOW);
        assertThat(at.effects.lines).hasSize(lines + 1);
        assertThat(at.effects.lines.get(lines))
                .startsWith("change ")
                .contains("" + UsageCounts.NONE);
        at.command("unknown", null, NOW);
        assertThat(at.effects.lines).hasSize(lines + 1);
        assertThat(at.state.core().seq()).isEqualTo(2);
    }

    private void turn(String id, String session, long atMillis) {
        at.ask(
                at.request(id, "p", atMillis, 1)
                        .labels(Labels.builder().endpoint("chat").session(session).build())
                        .build());
    }

    private void expire(long atMillis) {
        at.command(Names.EXPIRE, null, atMillis);
    }
}
