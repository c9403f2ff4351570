package io.sluice.ingress.tenant;

import io.micronaut.context.annotation.Property;
import io.sluice.contract.PriceBook;
import io.sluice.contract.policy.InvalidPolicyException;
import io.sluice.contract.policy.PolicyDocument;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy document in force: that of the file which {@code sluice.policy} names, or the shipped
 * one. A changed file is in force when two polls in a row saw the same content, so that half a
 * written file is not read; one that cannot be used is told of once, and the last good one stays in
 * force.
 */
@Singleton
public final class PolicyFile {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyFile.class);
    private static final byte[] NOTHING = {};

    private final @Nullable Path path;
    private final PriceBook prices;
    private volatile PolicyDocument current;

    /** What was last taken or refused, and what the last poll saw; only polls touch them. */
    private byte[] judged = NOTHING;

    private byte[] seen = NOTHING;
    private boolean unreadable;

    @Inject
    PolicyFile(@Property(name = "sluice.policy", defaultValue = "") String file, PriceBook prices) {
        this(file.isBlank() ? null : Path.of(file), prices);
    }

    /**
     * With that file, or the shipped policy if there is none.
     *
     * @throws IllegalStateException if the file cannot be used, saying why
     */
    PolicyFile(@Nullable Path path, PriceBook prices) {
        this.path = path;
        this.prices = prices;
        this.current = path == null ? PolicyDocument.shipped(prices) : first(path);
        LOG.info(
                "policy: {}, tiers {}, {} tenants with entries, prices {}",
                path == null ? "as shipped" : path,
                current.tierNames(),
                current.tenantIds().size(),
                prices.version());
    }

    /** The document in force. */
    public PolicyDocument current() {
        return current;
    }

    /** Looks at the file; whether another document is in force now. */
    boolean poll() {
        byte[] content = content();
        if (content == null || Arrays.equals(content, judged)) {
            return false;
        }
        if (!Arrays.equals(content, seen)) {
            seen = content;
            return false;
        }
        judged = content;
        try {
            current = read(content);
            LOG.info("policy: {} was changed and is in force", path);
            return true;
        } catch (InvalidPolicyException e) {
            LOG.error(
                    "policy: {} cannot be used, the last good one stays in force:\n{}",
                    path,
                    e.getMessage());
            return false;
        }
    }

    private PolicyDocument first(Path file) {
        try {
            judged = Files.readAllBytes(file);
            return read(judged);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "SLUICE_POLICY: cannot read " + file + ", expected a YAML file", e);
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException(
                    "SLUICE_POLICY: " + file + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    private byte @Nullable [] content() {
        if (path == null) {
            return null;
        }
        try {
            byte[] content = Files.readAllBytes(path);
            unreadable = false;
            return content;
        } catch (IOException e) {
            if (!unreadable) {
                LOG.error("policy: {} cannot be read, the last good one stays in force", path, e);
            }
            unreadable = true;
            return null;
        }
    }

    private PolicyDocument read(byte[] utf8) {
        return PolicyDocument.read(new String(utf8, StandardCharsets.UTF_8), prices);
    }
}
