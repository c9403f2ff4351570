package io.sluice.local.command;

import io.sluice.contract.PriceBook;
import io.sluice.contract.policy.InvalidPolicyException;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.local.command.prices.PriceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Tells what is wrong with a policy file before anything is started with it. */
final class PolicyCheck {
    private static final String PRICES = "SLUICE_PRICES";

    private PolicyCheck() {}

    /**
     * The absolute path of a file that can be used.
     *
     * @param environment where {@code SLUICE_PRICES} may name the price book that the ingress has
     * @throws FindingException if it cannot, with everything that is wrong
     */
    static Path usable(Path file, Map<String, String> environment)
            throws FindingException, IOException {
        try {
            PolicyDocument.read(Files.readString(file), prices(environment));
            return file.toAbsolutePath();
        } catch (NoSuchFileException e) {
            throw new FindingException("--policy " + file + ": there is no such file", e);
        } catch (InvalidPolicyException e) {
            throw new FindingException(
                    "--policy " + file + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    private static PriceBook prices(Map<String, String> environment) throws FindingException {
        String file = environment.getOrDefault(PRICES, "");
        return PriceFiles.book(file.isBlank() ? null : Path.of(file));
    }
}
