package io.sluice.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The targets that may answer a request, in order of preference, and what becomes of it when none
 * is left. Travels inside the request, so that a policy's version decides once. Immutable.
 */
public final class Route {
    private final List<Candidate> candidates;
    private final long staleForMillis;
    private final @Nullable Candidate cheaper;

    /**
     * These, in the order of their ranks.
     *
     * @param staleForMillis how old a kept answer may be that is served when nothing is left; 0 for
     *     none
     * @param cheaper what is called when nothing is left and no kept answer will do; null for none
     */
    public Route(List<Candidate> candidates, long staleForMillis, @Nullable Candidate cheaper) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a route has no target, expected at least one");
        }
        for (int i = 1; i < candidates.size(); i++) {
            if (candidates.get(i).rank() < candidates.get(i - 1).rank()) {
                throw new IllegalArgumentException("the ranks of a route must not fall");
            }
        }
        if (staleForMillis < 0) {
            throw new IllegalArgumentException("stale for " + staleForMillis + " ms");
        }
        this.candidates = List.copyOf(candidates);
        this.staleForMillis = staleForMillis;
        this.cheaper = cheaper;
    }

    /** To that model in the job's own region, and nowhere else. */
    public static Route to(String model) {
        return new Route(List.of(Candidate.of(Target.of(model))), 0, null);
    }

    /** Whether it says no more than its first model's id. */
    public boolean isPlain() {
        return equals(to(candidates.get(0).target().model()));
    }

    /** What may answer, first to be tried first. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /**
     * The age of a kept answer, counted from its outcome, at which it is no longer served in the
     * place of an answer, milliseconds; 0 if none is.
     */
    public long staleForMillis() {
        return staleForMillis;
    }

    /** What is called when none of the others can be. */
    public Optional<Candidate> cheaper() {
        return Optional.ofNullable(cheaper);
    }

    /** The ids of all models that may answer, in alphabetical order. */
    public Set<String> models() {
        Set<String> models = new TreeSet<>();
        candidates.forEach(candidate -> models.add(candidate.target().model()));
        cheaper().ifPresent(candidate -> models.add(candidate.target().model()));
        return models;
    }

    /**
     * What is reserved per token, whichever of its targets answers, each in its service tier; empty
     * if one has no price, because then no sum is enough.
     */
    public Optional<ReservePrice> reserve(PriceList prices, boolean aroundCache) {
        List<Candidate> all = new ArrayList<>(candidates);
        cheaper().ifPresent(all::add);
        ReservePrice most = null;
        for (Candidate candidate : all) {
            Optional<ModelPrice> price = prices.priceOf(candidate.target());
            if (price.isEmpty()) {
                return Optional.empty();
            }
            ReservePrice own = price.get().reserve(aroundCache);
            most = most == null ? own : most.max(own);
        }
        return Optional.ofNullable(most);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Route)) {
            return false;
        }
        Route that = (Route) other;
        return candidates.equals(that.candidates)
                && staleForMillis == that.staleForMillis
                && Objects.equals(cheaper, that.cheaper);
    }

    @Override
    public int hashCode() {
        return Objects.hash(candidates, staleForMillis, cheaper);
    }

    @Override
    public String toString() {
        return "Route{"
                + candidates
                + ", staleForMillis="
                + staleForMillis
                + ", cheaper="
                + cheaper
                + '}';
    }
}
