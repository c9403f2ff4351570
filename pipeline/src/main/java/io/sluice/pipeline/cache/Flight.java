package io.sluice.pipeline.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One call in flight and the identical requests that wait for its answer, oldest first. If the call
 * fails, the oldest of them is called in its place, once.
 */
public final class Flight {
    private final String leader;
    private final List<String> followers;
    private final boolean promoted;

    /** A flight of these request ids; {@code promoted} if its leader took a failed one's place. */
    public Flight(String leader, List<String> followers, boolean promoted) {
        this.leader = leader;
        this.followers = Collections.unmodifiableList(new ArrayList<>(followers));
        this.promoted = promoted;
    }

    /** The request whose call is in flight. */
    public String leader() {
        return leader;
    }

    /** The requests that wait, oldest first. */
    public List<String> followers() {
        return followers;
    }

    /** Whether the leader was once a follower. */
    public boolean promoted() {
        return promoted;
    }

    /** This flight with one more follower. */
    public Flight joinedBy(String requestId) {
        List<String> longer = new ArrayList<>(followers);
        longer.add(requestId);
        return new Flight(leader, longer, promoted);
    }

    /** This flight without one of its followers. */
    public Flight leftBy(String requestId) {
        List<String> fewer = new ArrayList<>(followers);
        fewer.remove(requestId);
        return new Flight(leader, fewer, promoted);
    }

    /** Whether a failed leader may be replaced. */
    public boolean canPromote() {
        return !promoted && !followers.isEmpty();
    }

    /** The flight that the oldest follower leads. */
    public Flight promoteOldest() {
        return new Flight(followers.get(0), followers.subList(1, followers.size()), true);
    }
}
