package io.sluice.local.command.rerate;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Granularity;
import io.sluice.contract.ModelPrice;
import io.sluice.contract.PriceBook;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import io.sluice.local.command.ledger.RequestHistory;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rule by which a tenant's recorded usage is priced again: by the book's prices at the decision
 * time of the request, for the model, the inference profile's scope and the tier that answered, as
 * the first time. Not thread-safe.
 */
public final class Rerating {
    /** A model on a UTC day of decision time. */
    public record Place(long dayMillis, String model) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byDay = Long.compare(dayMillis, other.dayMillis);
            return byDay != 0 ? byDay : model.compareTo(other.model);
        }
    }

    private final PriceBook book;
    private final SortedMap<Place, Rerated> sums = new TreeMap<>();
    private final SortedMap<Place, SortedSet<String>> versions = new TreeMap<>();

    /** By the prices of that book. */
    public Rerating(PriceBook book) {
        this.book = book;
    }

    /** Prices a request that has a result. */
    public void add(ResultItem result, RequestHistory.Request request) {
        long decidedAtMillis = result.decision().decidedAtMillis();
        long day = Granularity.DAY.windowStart(decidedAtMillis);
        ServiceTier tier = result.serviceTier();
        Target target =
                Target.of(
                        result.model(), result.region(), tier == null ? ServiceTier.DEFAULT : tier);
        if (!result.usage().equals(Usage.NONE) || result.costPicoUsd() != 0) {
            Place place = new Place(day, result.model());
            sums.merge(
                    place,
                    billed(result.usage(), result.costPicoUsd(), target, decidedAtMillis),
                    Rerated::plus);
            versions.computeIfAbsent(place, p -> new TreeSet<>()).add(result.priceVersion());
        }
        for (AttemptItem attempt : request.attempts()) {
            AttemptEnd end = attempt.end();
            if (end != null && end.ambiguous()) {
                ambiguous(new Place(day, attempt.model()), attempt, end, decidedAtMillis);
            }
        }
    }

    private Rerated billed(Usage usage, long original, Target target, long decidedAtMillis) {
        Optional<ModelPrice> price = book.at(decidedAtMillis).priceOf(target);
        if (price.isEmpty()) {
            return Rerated.unpriced(usage, original);
        }
        long rerated = price.get().cost(usage);
        return usage.estimated()
                ? Rerated.estimated(original, rerated)
                : Rerated.call(usage, original, rerated);
    }

    /** One that reached nobody used nothing, and is nothing to tell of. */
    private void ambiguous(Place place, AttemptItem attempt, AttemptEnd end, long decidedAtMillis) {
        if (isNothing(end.usage())) {
            return;
        }
        Optional<ModelPrice> price =
                book.at(decidedAtMillis).priceOf(Target.ofKey(attempt.target()));
        sums.merge(
                place,
                price.isEmpty()
                        ? Rerated.unpriced(end.usage(), end.costPicoUsd())
                        : Rerated.ambiguous(end.costPicoUsd(), price.get().cost(end.usage())),
                Rerated::plus);
        versions.computeIfAbsent(place, p -> new TreeSet<>()).add(end.priceVersion());
    }

    private static boolean isNothing(Usage usage) {
        return usage.inputTokens() == 0
                && usage.outputTokens() == 0
                && usage.cacheReadTokens() == 0
                && usage.cacheWriteTokens() == 0;
    }

    /** What it came to, by day and model. */
    public SortedMap<Place, Rerated> sums() {
        return sums;
    }

    /** The price versions by which a place was billed. */
    public SortedSet<String> originalVersions(Place place) {
        return versions.getOrDefault(place, new TreeSet<>());
    }

    /** The book's version. */
    public String version() {
        return book.version();
    }
}
