package io.sluice.contract.policy;

import io.sluice.contract.Candidate;
import io.sluice.contract.PriceBook;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The models that a policy names: aliases, and ids with settings. */
public final class ModelCatalogue {
    static final ModelCatalogue EMPTY = new ModelCatalogue(Map.of(), Map.of(), Map.of());

    private final Map<String, AliasEntry> aliases;
    private final Map<String, ModelFamily> familiesById;
    private final Map<String, QuotaEntry> quotasById;

    ModelCatalogue(
            Map<String, AliasEntry> aliases,
            Map<String, ModelFamily> familiesById,
            Map<String, QuotaEntry> quotasById) {
        this.aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
        this.familiesById = Collections.unmodifiableMap(new TreeMap<>(familiesById));
        this.quotasById = Collections.unmodifiableMap(new TreeMap<>(quotasById));
    }

    /**
     * The real id that an alias stands for, that of its first target; what is no alias is returned
     * as it is.
     */
    public String realId(String idOrAlias) {
        AliasEntry alias = aliases.get(idOrAlias);
        return alias == null ? idOrAlias : alias.model();
    }

    /** By alias or real id, every route that says more than its first model's id. */
    public Map<String, Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        aliases.forEach((name, alias) -> routes.put(name, alias.route(quotasById)));
        for (Map.Entry<String, QuotaEntry> entry : quotasById.entrySet()) {
            String id = entry.getKey();
            Candidate own = new Candidate(Target.of(id), 0, 1, entry.getValue().of(id));
            routes.put(id, new Route(List.of(own), 0, null));
        }
        routes.values().removeIf(Route::isPlain);
        return routes;
    }

    /**
     * Whether a real id may be asked for: it is listed here, or it has a price; in each case also
     * with an ARN's start or an inference profile's prefix before it.
     */
    public boolean knows(String realId, PriceBook prices) {
        return familiesById.containsKey(realId)
                || familiesById.containsKey(ModelId.bare(realId))
                || prices.lists(realId);
    }

    /** The family of a real id: as listed here, else as the id itself says. */
    public ModelFamily familyOf(String realId) {
        String bare = ModelId.bare(realId);
        ModelFamily listed = familiesById.getOrDefault(realId, familiesById.get(bare));
        return listed != null ? listed : ModelFamily.ofBareId(bare);
    }

    /** The other catalogue's models, and these where it has none of the name. */
    ModelCatalogue with(ModelCatalogue more) {
        Map<String, AliasEntry> both = new TreeMap<>(aliases);
        both.putAll(more.aliases);
        Map<String, ModelFamily> families = new TreeMap<>(familiesById);
        families.putAll(more.familiesById);
        Map<String, QuotaEntry> quotas = new TreeMap<>(quotasById);
        quotas.putAll(more.quotasById);
        return new ModelCatalogue(both, families, quotas);
    }
}
