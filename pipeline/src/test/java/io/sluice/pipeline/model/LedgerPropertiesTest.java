package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * E1 and E2 over killed, replaced and restored runs of the job. In the ledger an attempt without an
 * end counts as ambiguous: it was left by a run that is gone.
 */
class LedgerPropertiesTest {
    private static final int STEPS = 300;

    @Property(shrinking = ShrinkingMode.OFF)
    void e1E2EveryCallIsRecordedAndEveryRequestEndsOnceOverKills(@ForAll long seed) {
        LedgerCampaign campaign = new LedgerCampaign(seed, false);
        campaign.run(STEPS);

        for (String id : campaign.requests.keySet()) {
            List<AttemptItem> attempts = campaign.attemptsOf(id);
            checkAlways(campaign, id, attempts);
            checkAlone(campaign, id, attempts);
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void e1E2ARunThatWasReplacedAndLivesOnPaysNothingInSecret(@ForAll long seed) {
        LedgerCampaign campaign = new LedgerCampaign(seed, true);
        campaign.run(STEPS);

        for (String id : campaign.requests.keySet()) {
            checkAlways(campaign, id, campaign.attemptsOf(id));
        }
    }

    /** The schedules do what they are for: else the properties hold for nothing. */
    @Property(tries = 1)
    void schedulesAreFullOfKillsAndAmbiguousAttempts() {
        int kills = 0;
        int replacements = 0;
        long ambiguous = 0;
        long duplicates = 0;
        for (long seed = 0; seed < 20; seed++) {
            LedgerCampaign campaign = new LedgerCampaign(seed, true);
            campaign.run(STEPS);
            kills += campaign.kills;
            replacements += campaign.replacements;
            ambiguous += campaign.attempts.values().stream().filter(a -> isAmbiguous(a)).count();
            duplicates +=
                    campaign.results.values().stream()
                            .filter(ResultItem::possibleDuplicate)
                            .count();
        }
        assertThat(kills).isGreaterThan(60);
        assertThat(replacements).isGreaterThan(40);
        assertThat(ambiguous).isGreaterThan(60);
        assertThat(duplicates).isGreaterThan(10);
    }

    private static void checkAlways(
            LedgerCampaign campaign, String id, List<AttemptItem> attempts) {
        int calls = campaign.calls.getOrDefault(id, 0);
        long ambiguous = attempts.stream().filter(LedgerPropertiesTest::isAmbiguous).count();
        assertThat(calls).as("calls of " + id).isLessThanOrEqualTo(attempts.size());
        assertThat(attempts.size() - calls).as("of " + id).isLessThanOrEqualTo((int) ambiguous);
        for (int i = 0; i < attempts.size(); i++) {
            assertThat(attempts.get(i).attempt()).as("numbers of " + id).isEqualTo(i + 1);
            boolean last = i == attempts.size() - 1;
            assertThat(last || !isAnswered(attempts.get(i))).as("paid again: " + id).isTrue();
        }
        ResultItem result = campaign.results.get(id);
        assertThat(result).as("result of " + id).isNotNull();
        for (OutcomeEvent outcome : campaign.outcomes.get(id)) {
            assertThat(outcome.facts().costPicoUsd()).isEqualTo(result.costPicoUsd());
            assertThat(outcome.facts().attempt()).isEqualTo(result.attempt());
            assertThat(outcome.facts().status().wireName()).isEqualTo(result.status().wireName());
        }
        if (result.status() == ResultStatus.SUCCEEDED) {
            AttemptEnd end = attempts.get(result.attempt() - 1).end();
            assertThat(end.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
            assertThat(end.costPicoUsd()).isEqualTo(result.costPicoUsd()).isPositive();
        } else {
            assertThat(result.costPicoUsd()).isZero();
        }
    }

    /** What holds as well when no run is alive beside another. */
    private static void checkAlone(LedgerCampaign campaign, String id, List<AttemptItem> attempts) {
        ResultItem result = campaign.results.get(id);
        boolean answered = attempts.stream().anyMatch(LedgerPropertiesTest::isAnswered);
        assertThat(result.status() == ResultStatus.SUCCEEDED).as("paid: " + id).isEqualTo(answered);
        assertThat(attempts).as("attempts of " + id).noneMatch(AttemptItem::isOpen);
        assertThat(result.attempt()).isEqualTo(attempts.size());
        assertThat(result.providerCostPicoUsd())
                .isEqualTo(attempts.stream().mapToLong(a -> a.end().exactCostPicoUsd()).sum());
        assertThat(result.estimatedCostPicoUsd())
                .isEqualTo(attempts.stream().mapToLong(a -> a.end().estimatedCostPicoUsd()).sum());
        boolean again =
                attempts.stream()
                        .limit(Math.max(0, attempts.size() - 1))
                        .anyMatch(a -> a.end().estimated());
        assertThat(result.possibleDuplicate()).isEqualTo(again);
        boolean fails =
                campaign.requests.get(id).request().facts().policy().ambiguous()
                        == AmbiguousAction.FAIL;
        assertThat(fails && again).as("called again in spite of the policy: " + id).isFalse();
    }

    private static boolean isAmbiguous(AttemptItem attempt) {
        return attempt.isOpen() || attempt.end().ambiguous();
    }

    private static boolean isAnswered(AttemptItem attempt) {
        return !attempt.isOpen() && attempt.end().status() == OutcomeStatus.SUCCEEDED;
    }
}
