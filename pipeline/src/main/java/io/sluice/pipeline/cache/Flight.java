package io.sluice.pipeline.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One call in flight and the identical requests that wait for its answer, oldest first. Whoever
 * waits is of the call's lane and has at least as long as the call: it never waits longer than it
 * would for a call of its own. If the call fails, one of them is called in its place, once.
 *
 * <p>Deadlines are in arrival time: when the stream took the request, and as long as its client
 * waits. So the clocks of two ingress nodes, or who of two was quicker on the way, decide nothing.
 * Immutable.
 */
public final class Flight {
    private final String leader;
    private final long deadlineAtMillis;
    private final boolean bulk;
    private final List<String> followers;
    private final boolean promoted;

    /**
     * A flight of these request ids.
     *
     * @param leader the request whose call is in flight
     * @param deadlineAtMillis the leader's deadline, in arrival time
     * @param bulk whether the call runs in the lane of bulk work
     * @param followers the requests that wait, oldest first; copied
     * @param promoted whether its leader took the place of one whose call failed
     */
    public Flight(
            String leader,
            long deadlineAtMillis,
            boolean bulk,
            List<String> followers,
            boolean promoted) {
        this.leader = leader;
        this.deadlineAtMillis = deadlineAtMillis;
        this.bulk = bulk;
        this.followers = Collections.unmodifiableList(new ArrayList<>(followers));
        this.promoted = promoted;
    }

    /** A flight for which nobody waits yet. */
    public static Flight of(String leader, long deadlineAtMillis, boolean bulk) {
        return new Flight(leader, deadlineAtMillis, bulk, List.of(), false);
    }

    /** The request whose call is in flight. */
    public String leader() {
        return leader;
    }

    /** The leader's deadline, epoch milliseconds of arrival time. */
    public long deadlineAtMillis() {
        return deadlineAtMillis;
    }

    /** Whether the call runs in the lane of bulk work. */
    public boolean bulk() {
        return bulk;
    }

    /** The requests that wait, oldest first. */
    public List<String> followers() {
        return followers;
    }

    /** Whether the leader took the place of one whose call failed. */
    public boolean promoted() {
        return promoted;
    }

    /** Whether a request of that lane and deadline may wait for it. */
    public boolean isInTimeFor(boolean ofBulk, long deadline) {
        return bulk == ofBulk && deadlineAtMillis <= deadline;
    }

    /** This flight with one more follower. */
    public Flight joinedBy(String requestId) {
        List<String> longer = new ArrayList<>(followers);
        longer.add(requestId);
        return followedBy(longer);
    }

    /** This flight without one of its followers. */
    public Flight leftBy(String requestId) {
        List<String> fewer = new ArrayList<>(followers);
        fewer.remove(requestId);
        return followedBy(fewer);
    }

    /** This flight with other followers. */
    public Flight followedBy(List<String> others) {
        return new Flight(leader, deadlineAtMillis, bulk, others, promoted);
    }
}
