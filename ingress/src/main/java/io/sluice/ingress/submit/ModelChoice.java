package io.sluice.ingress.submit;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Route;
import io.sluice.contract.policy.ModelCatalogue;
import io.sluice.contract.policy.ModelFamily;
import io.sluice.contract.policy.ResolvedPolicy;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model's id or alias stands for.
 *
 * @param model the real id
 * @param route the targets that may answer; null if the policy says no more than the model
 */
record ModelChoice(String model, @Nullable Route route) {
    /** By a tenant's policy and the models it is used with; the model need not be known. */
    static ModelChoice of(String named, ResolvedPolicy policy, ModelCatalogue models) {
        Route route = policy.routeOf(named);
        return new ModelChoice(
                route == null ? models.realId(named) : route.candidates().get(0).target().model(),
                route);
    }

    /** The families that may be asked: those of the route, and of models that budgets turn to. */
    Set<ModelFamily> families(ModelCatalogue models, EffectivePolicy policy) {
        Set<ModelFamily> families = EnumSet.of(models.familyOf(model));
        if (route != null) {
            route.models().forEach(target -> families.add(models.familyOf(target)));
        }
        Reserves.downgradeTargets(policy).forEach(t -> families.add(models.familyOf(t)));
        return families;
    }
}
