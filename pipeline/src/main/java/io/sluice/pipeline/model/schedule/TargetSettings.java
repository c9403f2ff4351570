package io.sluice.pipeline.model.schedule;

import io.sluice.contract.TargetQuota;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What each target is asked to bear, over all subtasks. Immutable. */
public final class TargetSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No more than the lanes allow, from the start; what a test without targets in mind needs. */
    public static final TargetSettings WIDE =
            new TargetSettings(
                    1, 1 << 20, 1 << 20, 80, Duration.ofSeconds(1), 10, 50, new TreeMap<>());

    private final int least;
    private final int start;
    private final int most;
    private final int keptPercent;
    private final Duration interval;
    private final int bulkLeastPercent;
    private final int bulkMostPercent;
    private final TreeMap<String, QuotaSettings> quotas;

    /**
     * Settings of all targets.
     *
     * @param least calls at once below which no throttling takes a target
     * @param start calls at once with which it starts
     * @param most calls at once that it never exceeds
     * @param keptPercent what throttling leaves of the calls at once
     * @param interval between two such decreases at least, 0 to 60 s
     * @param bulkLeastPercent see {@link LaneShares}
     * @param bulkMostPercent see {@link LaneShares}
     * @param quotas by target key
     */
    public TargetSettings(
            int least,
            int start,
            int most,
            int keptPercent,
            Duration interval,
            int bulkLeastPercent,
            int bulkMostPercent,
            Map<String, QuotaSettings> quotas) {
        if (least < 1 || start < least || most < start) {
            throw new IllegalArgumentException(
                    "properties Invoke/target.concurrency.least, start, most: seen "
                            + least
                            + ", "
                            + start
                            + ", "
                            + most
                            + ", expected 1 <= least <= start <= most");
        }
        if (keptPercent < 1 || keptPercent > 99) {
            throw new IllegalArgumentException(
                    "property Invoke/target.concurrency.kept.percent: seen "
                            + keptPercent
                            + ", expected 1 to 99");
        }
        if (interval.isNegative() || interval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "property Invoke/target.concurrency.interval: seen "
                            + interval
                            + ", expected PT0S to PT1M");
        }
        this.least = least;
        this.start = start;
        this.most = most;
        this.keptPercent = keptPercent;
        this.interval = interval;
        this.bulkLeastPercent = bulkLeastPercent;
        this.bulkMostPercent = bulkMostPercent;
        this.quotas = new TreeMap<>(quotas);
        shares(); // refuses what is out of range
    }

    /**
     * What targets bear of one subtask: equal parts, the remainders to the lowest indices, so that
     * all parts of the most and of a quota add up to the setting.
     *
     * @throws IllegalArgumentException if the subtask would have no part at all
     */
    public Function<String, TargetCapacity> capacitiesOf(int subtask, int subtasks) {
        if (most < subtasks) {
            throw new IllegalArgumentException(
                    "property Invoke/target.concurrency.most: seen "
                            + most
                            + " with a parallelism of "
                            + subtasks
                            + ", expected at least one call per subtask; raise it or lower the"
                            + " parallelism");
        }
        quotas.forEach((target, quota) -> quota.quotaOf(target, subtask, subtasks, shares()));
        return target -> capacityOf(target, subtask, subtasks);
    }

    private TargetCapacity capacityOf(String target, int subtask, int subtasks) {
        int mine = part(most, subtask, subtasks);
        ConcurrencyLimit limit =
                new ConcurrencyLimit(
                        Math.min(mine, Math.max(1, part(least, subtask, subtasks))),
                        mine,
                        part(start, subtask, subtasks),
                        keptPercent,
                        interval.toMillis());
        QuotaSettings known = quotas.getOrDefault(target, quotas.get(modelOf(target)));
        MinuteQuota quota =
                known == null
                        ? new MinuteQuota(
                                MinuteQuota.NONE, MinuteQuota.NONE, BurnDown.of(target), shares())
                        : known.quotaOf(target, subtask, subtasks, shares());
        return new TargetCapacity(
                limit,
                shares(),
                100 / bulkLeastPercent,
                quota,
                declared ->
                        partOf(
                                known == null ? declared : known.completing(declared),
                                subtask,
                                subtasks));
    }

    /** The model of a {@code region/model}; a quota that names no region is each region's. */
    private static String modelOf(String target) {
        return target.substring(target.indexOf('/') + 1);
    }

    /**
     * At least one of each: a policy may come after the job has started, and is not refused then.
     */
    private static TargetQuota partOf(TargetQuota whole, int subtask, int subtasks) {
        return new TargetQuota(
                part(whole.tokensPerMinute(), subtask, subtasks),
                part(whole.requestsPerMinute(), subtask, subtasks),
                part(whole.concurrency(), subtask, subtasks),
                whole.outputBurndown());
    }

    private static long part(long whole, int subtask, int subtasks) {
        return whole == TargetQuota.UNLIMITED
                ? whole
                : Math.max(1, whole / subtasks + (subtask < whole % subtasks ? 1 : 0));
    }

    private static int part(int whole, int subtask, int subtasks) {
        return whole / subtasks + (subtask < whole % subtasks ? 1 : 0);
    }

    private LaneShares shares() {
        return new LaneShares(bulkLeastPercent, bulkMostPercent);
    }
}
