package io.sluice.local.command.simulate;

import io.sluice.contract.PriceBook;
import io.sluice.contract.policy.InvalidPolicyException;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the files of a simulation; every refusal names the file and says what is wrong with it. */
public final class SimulationInputs {
    private SimulationInputs() {}

    /** The policy of a file over the shipped one, or the shipped one alone. */
    public static PolicyDocument policy(@Nullable Path file, PriceBook prices)
            throws FindingException {
        if (file == null) {
            return PolicyDocument.shipped(prices);
        }
        try {
            String yaml = Files.readString(file, StandardCharsets.UTF_8);
            return PolicyDocument.read(yaml, prices);
        } catch (IOException e) {
            throw unreadable("policy", file, e);
        } catch (InvalidPolicyException e) {
            throw new FindingException(
                    "the policy " + file + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    /** The lines of a trace. */
    public static InputStream trace(Path file) throws FindingException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable("trace", file, e);
        }
    }

    /** That a file could not be read, and why. */
    public static FindingException unreadable(String what, Path file, IOException why) {
        return new FindingException(
                "cannot read the " + what + " " + file + ": " + reason(why), why);
    }

    private static String reason(IOException why) {
        if (why instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (why instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (why instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return String.valueOf(why.getMessage());
    }
}
