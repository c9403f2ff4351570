package io.sluice.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All objects whose keys begin alike, as a tenant's do. Never blocks. */
public final class Prefixes {
    private static final int PAGE = 1_000;

    private Prefixes() {}

    /** Their keys; the prefix ends with a slash. */
    public static CompletableFuture<List<String>> keys(ObjectStore objects, String prefix) {
        return collect(objects, prefix, prefix, new ArrayList<>());
    }

    /** Removes them; gives how many there were. May be repeated. */
    public static CompletableFuture<Integer> deleteAll(ObjectStore objects, String prefix) {
        return keys(objects, prefix)
                .thenCompose(keys -> delete(objects, keys, 0).thenApply(done -> keys.size()));
    }

    private static CompletableFuture<List<String>> collect(
            ObjectStore objects, String prefix, String after, List<String> found) {
        return objects.list(after, PAGE)
                .thenCompose(
                        page -> {
                            for (ObjectStore.Entry entry : page) {
                                if (!entry.key().startsWith(prefix)) {
                                    return CompletableFuture.completedFuture(found);
                                }
                                found.add(entry.key());
                            }
                            return page.size() < PAGE
                                    ? CompletableFuture.completedFuture(found)
                                    : collect(objects, prefix, found.get(found.size() - 1), found);
                        });
    }

    /** Some at a time. */
    private static CompletableFuture<Void> delete(
            ObjectStore objects, List<String> keys, int from) {
        if (from >= keys.size()) {
            return CompletableFuture.completedFuture(null);
        }
        int to = Math.min(keys.size(), from + 32);
        return CompletableFuture.allOf(
                        keys.subList(from, to).stream()
                                .map(objects::delete)
                                .toArray(CompletableFuture<?>[]::new))
                .thenCompose(done -> delete(objects, keys, to));
    }
}
