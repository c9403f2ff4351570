package io.sluice.contract.policy;

import io.sluice.contract.Candidate;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a policy says of an alias: its targets, and what happens when none is left. */
final class AliasEntry {
    /** One target with the quotas that the policy says of it. */
    static final class TargetEntry {
        private final Target target;
        private final int rank;
        private final int weight;
        private final QuotaEntry quota;

        TargetEntry(Target target, int rank, int weight, QuotaEntry quota) {
            this.target = target;
            this.rank = rank;
            this.weight = weight;
            this.quota = quota;
        }

        Target target() {
            return target;
        }

        private Candidate candidate(Map<String, QuotaEntry> quotas) {
            QuotaEntry ofModel = quotas.getOrDefault(target.model(), QuotaEntry.NONE);
            return new Candidate(target, rank, weight, quota.over(ofModel).of(target.model()));
        }
    }

    private final List<TargetEntry> targets;
    private final long staleForMillis;
    private final @Nullable TargetEntry cheaper;

    /** Of at least one target, in the order of their ranks. */
    AliasEntry(List<TargetEntry> targets, long staleForMillis, @Nullable TargetEntry cheaper) {
        this.targets = List.copyOf(targets);
        this.staleForMillis = staleForMillis;
        this.cheaper = cheaper;
    }

    /** The model that the alias stands for: that of its first target. */
    String model() {
        return targets.get(0).target().model();
    }

    /** The ids of all models it names. */
    Set<String> models() {
        Set<String> models = new TreeSet<>();
        targets.forEach(entry -> models.add(entry.target().model()));
        if (cheaper != null) {
            models.add(cheaper.target().model());
        }
        return models;
    }

    /** The route, with the quotas of models where a target has none of its own. */
    Route route(Map<String, QuotaEntry> quotas) {
        List<Candidate> candidates = new ArrayList<>();
        targets.forEach(entry -> candidates.add(entry.candidate(quotas)));
        return new Route(
                candidates, staleForMillis, cheaper == null ? null : cheaper.candidate(quotas));
    }
}
