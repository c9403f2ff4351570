package io.sluice.sinks.relational;

import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;

/** Where the mirror is and how much it may take. Immutable; shows no password. */
public final class MirrorSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String SERVER = "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+])(:[0-9]{1,5})?";
    private static final Pattern URL =
            Pattern.compile("jdbc:postgresql://" + SERVER + "(," + SERVER + ")*/[^/?&@]+([?].*)?");
    private static final Pattern SECRET = Pattern.compile("[?&](user|password)=");

    private final String url;
    private final String user;
    private final String password;
    private final int leastConnections;
    private final int mostConnections;
    private final Duration idle;
    private final long backlogBytes;

    private MirrorSettings(
            String url,
            String user,
            String password,
            int leastConnections,
            int mostConnections,
            Duration idle,
            long backlogBytes) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.leastConnections = leastConnections;
        this.mostConnections = mostConnections;
        this.idle = idle;
        this.backlogBytes = backlogBytes;
    }

    /**
     * Settings with a pool of 5 to 20 connections, of which one that is idle for 300 s is closed
     * while there are more than 5, and a backlog of 64 MiB.
     *
     * @param url {@code jdbc:postgresql://…} with the shared database, without user and password
     * @param user the role that writes; its password may be empty if the server asks for none
     * @throws IllegalArgumentException if one is not as expected; names neither password nor URL
     */
    public static MirrorSettings of(String url, String user, String password) {
        if (user.isBlank()) {
            throw new IllegalArgumentException("user: seen none, expected the role that writes");
        }
        return new MirrorSettings(
                checked(url), user, password, 5, 20, Duration.ofMinutes(5), 64L << 20);
    }

    /**
     * The same with another pool.
     *
     * @param least connections that are kept however idle they are, at least 1
     * @param most connections at once, at least {@code least}
     * @param idleTime after which one more than {@code least} is closed, 10 s or longer
     */
    public MirrorSettings withPool(int least, int most, Duration idleTime) {
        if (least < 1 || most < least || idleTime.toSeconds() < 10) {
            throw new IllegalArgumentException(
                    "pool: seen "
                            + least
                            + " to "
                            + most
                            + " connections, idle "
                            + idleTime
                            + "; expected 1 <= pool.least <= pool.most and at least PT10S");
        }
        return new MirrorSettings(url, user, password, least, most, idleTime, backlogBytes);
    }

    /** The same with another bound of the backlog, bytes on the heap, about. */
    public MirrorSettings withBacklogBytes(long bytes) {
        return new MirrorSettings(
                url, user, password, leastConnections, mostConnections, idle, bytes);
    }

    private static String checked(String url) {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "url: seen none of PostgreSQL, expected jdbc:postgresql://host:port/database");
        }
        if (SECRET.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "url: seen a user or password in it, expected none: they are settings of their"
                            + " own, so that logs and pages can show the URL");
        }
        return url;
    }

    String url() {
        return url;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** Connections that are kept however idle they are. */
    public int leastConnections() {
        return leastConnections;
    }

    /** Connections at once. */
    public int mostConnections() {
        return mostConnections;
    }

    /** After which an idle connection more than those is closed. */
    public Duration idle() {
        return idle;
    }

    /** How large the backlog may be, bytes on the heap, about. */
    public long backlogBytes() {
        return backlogBytes;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MirrorSettings{"
                + url
                + ", user="
                + user
                + ", connections="
                + leastConnections
                + ".."
                + mostConnections
                + ", idle="
                + idle
                + ", backlogBytes="
                + backlogBytes
                + '}';
    }
}
