package io.sluice.pipeline.model;

import io.sluice.contract.Candidate;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The order in which a request's targets are tried for one attempt. Ranks come in their order,
 * equal ranks by weight: over many requests each is first as often as its weight says. Targets at
 * which this request failed before come last. The same request and attempt give the same order.
 * Pure.
 */
final class TargetOrder {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private TargetOrder() {}

    /** All targets of the route, first to be tried first; none without a region. */
    static List<Target> of(
            Route route, String ownRegion, String requestId, int attempt, Set<Target> failed) {
        List<Target> fresh = new ArrayList<>();
        List<Target> again = new ArrayList<>();
        for (List<Candidate> rank : ranks(route)) {
            for (Target drawn : drawn(rank, requestId, attempt)) {
                Target target = drawn.orIn(ownRegion);
                (failed.contains(target) ? again : fresh).add(target);
            }
        }
        fresh.addAll(again);
        return fresh;
    }

    private static List<List<Candidate>> ranks(Route route) {
        List<List<Candidate>> ranks = new ArrayList<>();
        int last = -1;
        for (Candidate candidate : route.candidates()) {
            if (ranks.isEmpty() || candidate.rank() != last) {
                ranks.add(new ArrayList<>());
            }
            ranks.get(ranks.size() - 1).add(candidate);
            last = candidate.rank();
        }
        return ranks;
    }

    /** A draw by weight without putting back. */
    private static List<Target> drawn(List<Candidate> equals, String requestId, int attempt) {
        List<Candidate> left = new ArrayList<>(equals);
        List<Target> order = new ArrayList<>();
        for (int draw = 0; !left.isEmpty(); draw++) {
            long weights = left.stream().mapToLong(Candidate::weight).sum();
            long ticket = Math.floorMod(hash(requestId, attempt, draw), weights);
            int i = 0;
            while (ticket >= left.get(i).weight()) {
                ticket -= left.get(i++).weight();
            }
            order.add(left.remove(i).target());
        }
        return order;
    }

    /** FNV-1a, and a mixing of its bits (splitmix64), because its low bits follow the last byte. */
    private static long hash(String requestId, int attempt, int draw) {
        long hash = FNV_OFFSET;
        for (byte one : requestId.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ attempt) * FNV_PRIME;
        hash = (hash ^ draw) * FNV_PRIME;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
