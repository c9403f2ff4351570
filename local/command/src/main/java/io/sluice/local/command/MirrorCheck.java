package io.sluice.local.command;

import java.util.Map;

/** Finds what is wrong with a mirror's settings before a system is started with them. */
final class MirrorCheck {
    private static final String USER = "SLUICE_MIRROR_USER";

    private MirrorCheck() {}

    /**
     * The URL, as it is.
     *
     * @param environment where {@code SLUICE_MIRROR_USER} names the role that writes
     * @throws FindingException if the job would refuse it; does not repeat it, since it may hold a
     *     password
     */
    static String usable(String url, Map<String, String> environment) throws FindingException {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new FindingException(
                    "--mirror: seen no JDBC URL of PostgreSQL, expected"
                            + " jdbc:postgresql://host:port/database");
        }
        if (url.contains("password=") || url.contains("user=")) {
            throw new FindingException(
                    "--mirror: seen a user or password in the URL, expected them in "
                            + USER
                            + " and SLUICE_MIRROR_PASSWORD");
        }
        if (environment.getOrDefault(USER, "").isBlank()) {
            throw new FindingException(
                    "--mirror: seen no "
                            + USER
                            + ", expected the role that writes; its password is"
                            + " SLUICE_MIRROR_PASSWORD");
        }
        return url;
    }
}
