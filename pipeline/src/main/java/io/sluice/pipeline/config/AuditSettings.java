package io.sluice.pipeline.config;

import io.sluice.contract.Names;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The property group {@code Audit}: where records of decisions go and how they are sealed. Archive
 * and key may come from {@code SLUICE_AUDIT} and {@code SLUICE_AUDIT_KEY} instead. Immutable.
 */
public final class AuditSettings implements Serializable {
    private static final long serialVersionUID = 1;

    /** Streams keep a week by default where Sluice makes them; a day more is looked through. */
    private static final Duration LOOK_BACK = Duration.ofDays(8);

    /** What comes before the name of a key of AWS KMS. */
    public static final String KMS = "kms:";

    /** An id, {@code alias/…} or {@code arn:…}. */
    private static final Pattern KMS_KEY = Pattern.compile("kms:[A-Za-z0-9][A-Za-z0-9:/_-]*$");

    private final String stream;
    private final String anchorsTable;
    private final @Nullable String archive;
    private final @Nullable String signingKey;
    private final Duration digestInterval;
    private final Duration lookBack;

    AuditSettings(PropertyGroup audit, UnaryOperator<@Nullable String> variables) {
        stream = audit.text("stream.name", Names.AUDIT_STREAM);
        anchorsTable = audit.text("anchors.table", Names.AUDIT_ANCHORS_TABLE);
        String location =
                orVariable(audit.optionalText("archive"), variables.apply("SLUICE_AUDIT"));
        archive = location == null ? null : folder(location);
        String key =
                orVariable(audit.optionalText("signing.key"), variables.apply("SLUICE_AUDIT_KEY"));
        signingKey = key == null ? null : signer(key);
        digestInterval = atLeast(audit, "digest.interval", Duration.ofMinutes(1), 1_000);
        lookBack = atLeast(audit, "look.back", LOOK_BACK, 3_600_000);
        audit.refuseOthers();
    }

    private static @Nullable String orVariable(
            @Nullable String property, @Nullable String variable) {
        return property == null && variable != null && !variable.isBlank()
                ? variable.trim()
                : property;
    }

    /** As one of Flink's file systems takes it, without a slash at the end. */
    private static String folder(String location) {
        String text = location.replaceAll("/+$", "");
        if (text.startsWith("/")) {
            return Paths.get(text).toUri().toString().replaceAll("/+$", "");
        }
        try {
            URI uri = new URI(text);
            boolean bucket = "s3".equals(uri.getScheme()) && uri.getHost() != null;
            boolean local = "file".equals(uri.getScheme()) && uri.getPath() != null;
            if (bucket || local) {
                return text;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw wrong("archive", location, "an absolute folder or s3://bucket/prefix");
    }

    private static String signer(String location) {
        if (location.startsWith(KMS) && KMS_KEY.matcher(location).lookingAt()) {
            return location;
        }
        Path path = location.startsWith(KMS) ? null : Paths.get(location);
        if (path == null || !path.isAbsolute()) {
            throw wrong(
                    "signing.key",
                    location,
                    "the absolute path of a private key in PEM form, or kms: and the id, ARN or"
                            + " alias of a key of AWS KMS");
        }
        return location;
    }

    private static Duration atLeast(
            PropertyGroup audit, String key, Duration otherwise, long leastMillis) {
        Duration value = audit.duration(key, otherwise);
        if (value.compareTo(Duration.ofMillis(leastMillis)) < 0) {
            throw wrong(key, value.toString(), "at least " + Duration.ofMillis(leastMillis));
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, String seen, String expected) {
        return new IllegalArgumentException(
                "property Audit/" + key + ": seen '" + seen + "', expected " + expected);
    }

    /** Name of the stream of audit records. */
    public String stream() {
        return stream;
    }

    /** Table of the newest digest. */
    public String anchorsTable() {
        return anchorsTable;
    }

    /**
     * The archive's folder, as one of Flink's file systems takes it.
     *
     * @throws IllegalArgumentException if none is set
     */
    public String archive() {
        if (archive == null) {
            throw new IllegalArgumentException(
                    "property Audit/archive: seen none, expected an absolute folder or"
                            + " s3://bucket/prefix that audit records are archived in; SLUICE_AUDIT"
                            + " may name it, too");
        }
        return archive;
    }

    /**
     * The key that digests are signed with: its file, or {@link #KMS} and its name there; null if
     * none are written.
     */
    public @Nullable String signingKey() {
        return signingKey;
    }

    /** From one digest to the next. */
    public Duration digestInterval() {
        return digestInterval;
    }

    /** Longer than any event waits on its stream: how old a folder may be that gets a new file. */
    public Duration lookBack() {
        return lookBack;
    }
}
