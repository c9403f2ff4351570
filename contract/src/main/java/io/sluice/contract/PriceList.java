package io.sluice.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prices in force between two changes of a {@link PriceBook}. Immutable, equal only to itself.
 *
 * <p>A model is looked up without an ARN's start and by the scope of its inference profile. A
 * geographic profile without a price of its own has that of {@link ModelName#GEO}; nothing else
 * stands in for a price that is missing: the model is unpriced then.
 */
public final class PriceList {
    private final Map<String, Map<String, PriceRow>> rowsByModel = new HashMap<>();
    private final Map<String, String> applicationProfiles;

    /** Of rows that have become valid; for a model and scope, the one that did so last counts. */
    PriceList(Collection<PriceRow> rows, Map<String, String> applicationProfiles) {
        this.applicationProfiles = applicationProfiles;
        for (PriceRow row : rows) {
            Map<String, PriceRow> scopes =
                    rowsByModel.computeIfAbsent(row.modelId(), model -> new HashMap<>());
            row.scopes().forEach(scope -> put(scopes, scope, row));
        }
    }

    /** The price in the standard tier; empty for an unpriced model. */
    public Optional<ModelPrice> priceOf(String modelId) {
        return rowOf(modelId).map(PriceRow::standard);
    }

    /** The price of calls of a target; empty if its model is unpriced, or unpriced in its tier. */
    public Optional<ModelPrice> priceOf(Target target) {
        return rowOf(target.model()).flatMap(row -> row.priceIn(target.tier()));
    }

    /**
     * All rows in force, each with the scopes for which it is, by model and then scopes in
     * alphabetical order.
     */
    public List<PriceRow> rows() {
        List<PriceRow> rows = new ArrayList<>();
        for (Map<String, PriceRow> scopes : rowsByModel.values()) {
            Map<PriceRow, List<String>> scopesByRow = new LinkedHashMap<>();
            scopes.forEach(
                    (scope, row) ->
                            scopesByRow.computeIfAbsent(row, r -> new ArrayList<>()).add(scope));
            scopesByRow.forEach((row, inForce) -> rows.add(row.in(inForce)));
        }
        rows.sort(Comparator.comparing(PriceRow::modelId).thenComparing(r -> r.scopes().first()));
        return rows;
    }

    /** The row of a model id, inference-profile id or ARN; empty for an unpriced model. */
    public Optional<PriceRow> rowOf(String modelId) {
        ModelName name = ModelName.of(applicationProfiles.getOrDefault(modelId, modelId));
        for (String listed : name.listedAs()) {
            Map<String, PriceRow> scopes = rowsByModel.get(listed);
            if (scopes != null) {
                PriceRow own = scopes.get(name.scope());
                return Optional.ofNullable(
                        own == null && name.isGeographic() ? scopes.get(ModelName.GEO) : own);
            }
        }
        return Optional.empty();
    }

    private static void put(Map<String, PriceRow> scopes, String scope, PriceRow row) {
        PriceRow known = scopes.get(scope);
        if (known == null || known.fromMillis() < row.fromMillis()) {
            scopes.put(scope, row);
        }
    }
}
