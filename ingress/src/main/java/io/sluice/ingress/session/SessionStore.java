package io.sluice.ingress.session;

import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where the job's copies of conversations are read. */
interface SessionStore {
    /**
     * A part of a listing.
     *
     * @param items in the order of their keys, without the text of their turns
     * @param last the key to go on after; null if there are no more
     */
    record Page(List<SessionItem> items, @Nullable String last) {}

    /** The copy of a conversation, also of one that is gone or over. */
    CompletableFuture<Optional<SessionItem>> get(String tenantId, SessionKey key);

    /**
     * At most {@code limit} copies whose keys begin with {@code prefix} and follow {@code after}.
     */
    CompletableFuture<Page> list(String tenantId, String prefix, @Nullable String after, int limit);
}
