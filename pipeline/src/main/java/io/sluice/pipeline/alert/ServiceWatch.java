package io.sluice.pipeline.alert;

import static io.sluice.pipeline.alert.MinuteCounts.Of.ANSWERED;
import static io.sluice.pipeline.alert.MinuteCounts.Of.ENDED;
import static io.sluice.pipeline.alert.MinuteCounts.Of.FAILED;
import static io.sluice.pipeline.alert.MinuteCounts.Of.REJECTED;
import static io.sluice.pipeline.alert.MinuteCounts.Of.REQUESTS;
import static io.sluice.pipeline.alert.MinuteCounts.Of.SLOW;

import io.sluice.contract.AlertKind;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.alert.MinuteCounts.Of;
import java.util.Map;

/**
 * What a tenant was served in the last hour: whether rejections spike, and how fast its tier's
 * budgets of failures and of slow answers burn. A burn crosses when both the last five minutes and
 * the last hour are above the rate: the one says that it goes on, the other that it matters. All
 * cross again only after they fell to half of their line.
 */
final class ServiceWatch {
    private static final int SHORT_MINUTES = 5;
    private static final int LONG_MINUTES = 60;
    private static final int PERCENT = 100;
    private static final int TENTHS = 10;

    private final MinuteCounts counts;
    private boolean spiking;
    private boolean failing;
    private boolean slow;

    ServiceWatch(Longs from) {
        counts = new MinuteCounts(from);
        spiking = from.next() != 0;
        failing = from.next() != 0;
        slow = from.next() != 0;
    }

    void observe(Observation seen, AlertRules rules, Raise raise) {
        counts.moveTo(seen.atMillis());
        if (seen.verdict() != null) {
            counts.count(REQUESTS);
            if (seen.verdict() == Verdict.REJECTED) {
                counts.count(REJECTED);
            }
            spike(seen, rules, raise);
        } else if (seen.judgesService()) {
            end(seen, rules, raise);
        }
    }

    private void spike(Observation seen, AlertRules rules, Raise raise) {
        long requests = counts.in(SHORT_MINUTES, REQUESTS);
        long rejected = counts.in(SHORT_MINUTES, REJECTED);
        boolean above =
                rejected >= rules.rejectedLeast()
                        && rejected * PERCENT >= requests * rules.rejectedPercent();
        if (above && !spiking) {
            raise.alert(
                    AlertKind.REJECTION_SPIKE,
                    String.valueOf(seen.reason()),
                    Map.of(
                            "requests_5m", Long.toString(requests),
                            "rejected_5m", Long.toString(rejected)));
        }
        boolean halved =
                rejected * 2 < rules.rejectedLeast()
                        || rejected * 2 * PERCENT < requests * rules.rejectedPercent();
        spiking = above || (spiking && !halved);
    }

    private void end(Observation seen, AlertRules rules, Raise raise) {
        SloObjective objective = rules.objective(seen.tier());
        counts.count(ENDED);
        counts.count(seen.succeeded() ? ANSWERED : FAILED);
        if (seen.isSlow(objective)) {
            counts.count(SLOW);
        }
        failing =
                burn(
                        failing,
                        new Burn(FAILED, ENDED, objective.failuresPpm(), rules),
                        AlertKind.AVAILABILITY_BURN,
                        seen,
                        raise);
        slow =
                burn(
                        slow,
                        new Burn(SLOW, ANSWERED, objective.slowPpm(), rules),
                        AlertKind.LATENCY_BURN,
                        seen,
                        raise);
    }

    private boolean burn(
            boolean burning, Burn burn, AlertKind kind, Observation seen, Raise raise) {
        boolean above = burn.isAbove();
        if (above && !burning) {
            raise.alert(kind, seen.tier(), burn.details());
        }
        return above || (burning && !burn.isHalved());
    }

    void write(Longs to) {
        counts.write(to);
        to.add(spiking ? 1 : 0);
        to.add(failing ? 1 : 0);
        to.add(slow ? 1 : 0);
    }

    /** How fast a budget of bad ends burns. */
    private final class Burn {
        private final Of bad;
        private final Of all;
        private final int allowedPpm;
        private final AlertRules rules;

        private Burn(Of bad, Of all, int allowedPpm, AlertRules rules) {
            this.bad = bad;
            this.all = all;
            this.allowedPpm = allowedPpm;
            this.rules = rules;
        }

        private boolean isAbove() {
            return counts.in(LONG_MINUTES, all) >= rules.burnLeast()
                    && isAbove(SHORT_MINUTES, rules.burnTenths())
                    && isAbove(LONG_MINUTES, rules.burnTenths());
        }

        private boolean isHalved() {
            return !isAbove(SHORT_MINUTES, Math.max(1, rules.burnTenths() / 2));
        }

        /** A rate above what all failing would burn counts as reached by all failing. */
        private boolean isAbove(int minutes, int tenths) {
            long seen = counts.in(minutes, bad);
            long line = Math.min((long) tenths * allowedPpm, (long) SloObjective.ALL_PPM * TENTHS);
            return seen > 0
                    && Products.atLeast(
                            seen,
                            (long) SloObjective.ALL_PPM * TENTHS,
                            counts.in(minutes, all),
                            line);
        }

        private Map<String, String> details() {
            return Map.of(
                    "bad_5m", Long.toString(counts.in(SHORT_MINUTES, bad)),
                    "all_5m", Long.toString(counts.in(SHORT_MINUTES, all)),
                    "bad_1h", Long.toString(counts.in(LONG_MINUTES, bad)),
                    "all_1h", Long.toString(counts.in(LONG_MINUTES, all)),
                    "allowed_ppm", Integer.toString(allowedPpm));
        }
    }
}
