package io.sluice.ingress.tenant;

import io.sluice.contract.Isolation;
import io.sluice.contract.TenantItem;
import io.sluice.contract.TenantTable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The tables in which a tenant's rows lie, by its entry as this node knows it: one, or two during a
 * move. A move says so before it writes to another table, and for longer than a node may know an
 * older entry, so that no node looks in too few.
 */
@Singleton
public final class TenantPlaces {
    private final TenantDirectory directory;
    private final TenantStore store;

    TenantPlaces(TenantDirectory directory, TenantStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** The names of the tables, in the order of {@link TenantItem#places()}. */
    public CompletableFuture<List<String>> tables(TenantTable kind, String tenantId) {
        return directory
                .tenant(tenantId)
                .thenCompose(
                        found ->
                                found.map(tenant -> done(tenant.item().places()))
                                        .orElseGet(() -> ofDeleted(tenantId)))
                .thenApply(
                        places -> places.stream().map(place -> kind.of(tenantId, place)).toList());
    }

    /**
     * What a read finds in each of the tables, one after the other: a row that is moved meanwhile
     * is found in one of them at least.
     */
    public <T> CompletableFuture<List<T>> readEach(
            TenantTable kind, String tenantId, Function<String, CompletableFuture<T>> read) {
        return tables(kind, tenantId)
                .thenCompose(
                        tables -> {
                            CompletableFuture<List<T>> all = done(List.of());
                            for (String table : tables) {
                                all =
                                        all.thenCompose(
                                                before ->
                                                        read.apply(table)
                                                                .thenApply(
                                                                        one -> with(before, one)));
                            }
                            return all;
                        });
    }

    /** A tenant that was deleted, or has no policy, still has its rows. */
    private CompletableFuture<List<Isolation>> ofDeleted(String tenantId) {
        return store.tenant(tenantId)
                .thenApply(
                        found ->
                                found.map(TenantItem::places)
                                        .orElseGet(() -> List.of(Isolation.POOLED)));
    }

    private static <T> List<T> with(List<T> before, T one) {
        List<T> longer = new ArrayList<>(before);
        longer.add(one);
        return longer;
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
