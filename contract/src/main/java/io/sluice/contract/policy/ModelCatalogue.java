package io.sluice.contract.policy;

import io.sluice.contract.PriceBook;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The models that a policy names: aliases, and ids with settings. */
public final class ModelCatalogue {
    static final ModelCatalogue EMPTY = new ModelCatalogue(Map.of(), Map.of());

    private final Map<String, String> idsByAlias;
    private final Map<String, ModelFamily> familiesById;

    ModelCatalogue(Map<String, String> idsByAlias, Map<String, ModelFamily> familiesById) {
        this.idsByAlias = Collections.unmodifiableMap(new TreeMap<>(idsByAlias));
        this.familiesById = Collections.unmodifiableMap(new TreeMap<>(familiesById));
    }

    /** The real id that an alias stands for; what is no alias is returned as it is. */
    public String realId(String idOrAlias) {
        return idsByAlias.getOrDefault(idOrAlias, idOrAlias);
    }

    /**
     * Whether a real id may be asked for: it is listed here, or it has a price; in each case also
     * with an ARN's start or an inference profile's prefix before it.
     */
    public boolean knows(String realId, PriceBook prices) {
        return familiesById.containsKey(realId)
                || familiesById.containsKey(ModelId.bare(realId))
                || prices.priceOf(realId)
                        .filter(price -> ModelId.names(realId, price.modelId()))
                        .isPresent();
    }

    /** The family of a real id: as listed here, else as the id itself says. */
    public ModelFamily familyOf(String realId) {
        String bare = ModelId.bare(realId);
        ModelFamily listed = familiesById.getOrDefault(realId, familiesById.get(bare));
        return listed != null ? listed : ModelFamily.ofBareId(bare);
    }

    /** The other catalogue's models, and these where it has none of the name. */
    ModelCatalogue with(ModelCatalogue more) {
        Map<String, String> aliases = new TreeMap<>(idsByAlias);
        aliases.putAll(more.idsByAlias);
        Map<String, ModelFamily> families = new TreeMap<>(familiesById);
        families.putAll(more.familiesById);
        return new ModelCatalogue(aliases, families);
    }
}
