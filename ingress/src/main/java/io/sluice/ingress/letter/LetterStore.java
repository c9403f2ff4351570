package io.sluice.ingress.letter;

import io.sluice.contract.DeadLetterItem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where dead letters are kept. */
interface LetterStore {
    /**
     * A part of a listing.
     *
     * @param items newest first
     * @param last the name to go on below; null if there are no more of that day
     */
    record Page(List<DeadLetterItem> items, @Nullable String last) {}

    /** The letter of a name; sees every write made before. */
    CompletableFuture<Optional<DeadLetterItem>> get(String id);

    /** The bytes of a letter's record; empty if they are gone. */
    CompletableFuture<Optional<byte[]>> record(DeadLetterItem item);

    /**
     * Letters of a UTC day whose names are at least {@code lowest} and below {@code highest}, after
     * looking at about {@code looks} of them.
     */
    CompletableFuture<Page> list(
            String day, String lowest, String highest, LetterFilter filter, int looks);

    /**
     * Notes that a redrive began as {@code as}, if nobody did since the letter was seen so; the
     * letter as it stands then, empty if there is none of that name.
     */
    CompletableFuture<Optional<DeadLetterItem>> claim(
            DeadLetterItem seen, String as, long nowMillis);

    /** Notes that the event that a letter was redriven as is stored. */
    CompletableFuture<Void> noteStored(String id, String as);
}
