package io.sluice.local.command.prices;

import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.local.command.FindingException;
import io.sluice.local.command.simulate.SimulationInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads price files; every refusal names the file and says what is wrong with it. */
public final class PriceFiles {
    private PriceFiles() {}

    /** The price book of a file, or the one that ships for null. */
    public static PriceBook book(@Nullable Path file) throws FindingException {
        if (file == null) {
            return PriceBookJson.shipped();
        }
        try {
            return read(file);
        } catch (MalformedJsonException e) {
            throw new FindingException(
                    "the price file " + file + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    /**
     * The price book of a file.
     *
     * @throws MalformedJsonException if it is none, with a line for each finding
     */
    public static PriceBook read(Path file) throws FindingException {
        try {
            return PriceBookJson.read(Json.parse(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw SimulationInputs.unreadable("price file", file, e);
        }
    }
}
