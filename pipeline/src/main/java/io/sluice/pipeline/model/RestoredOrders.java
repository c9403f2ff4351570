package io.sluice.pipeline.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The orders that a restored job starts with. The async operator keeps its records in no order, so
 * a withdrawal may come before its request, or after that request was given a place. Therefore
 * requests are held until all have come, and withdrawals that found nothing until the first
 * checkpoint, before which the operator has brought everything. Thread-safe.
 */
final class RestoredOrders {
    private final List<Invocation> requests = new ArrayList<>();
    private final Map<Map.Entry<String, String>, Runnable> withdrawals = new LinkedHashMap<>();
    private boolean holdsRequests;
    private boolean holdsWithdrawals;

    /** Whether this run goes on from an earlier one. */
    RestoredOrders(boolean restored) {
        holdsRequests = restored;
        holdsWithdrawals = restored;
    }

    /** Whether the request is held here until {@link #release}. */
    synchronized boolean hold(Invocation request) {
        return holdsRequests && requests.add(request);
    }

    /** Whether the withdrawal, which found nothing, is held in case its request comes yet. */
    synchronized boolean hold(Map.Entry<String, String> id, Runnable afterwards) {
        return holdsWithdrawals && withdrawals.putIfAbsent(id, afterwards) == null;
    }

    /** What to run once the request is withdrawn; null if it was not. */
    synchronized @Nullable Runnable withdrawalOf(Invocation request) {
        return withdrawals.remove(request.id());
    }

    /** The requests held, in order of arrival; none is held from now on. */
    synchronized List<Invocation> release() {
        List<Invocation> released = new ArrayList<>(requests);
        requests.clear();
        holdsRequests = false;
        return released;
    }

    /** What to run for the withdrawals held; none is held from now on. */
    synchronized List<Runnable> releaseWithdrawals() {
        List<Runnable> released = new ArrayList<>(withdrawals.values());
        withdrawals.clear();
        holdsWithdrawals = false;
        return released;
    }
}
