package io.sluice.ingress.submit;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PriceBookJson;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The price book: the file that {@code sluice.prices} names, or the one that ships. */
@Factory
final class Prices {
    @Singleton
    PriceBook priceBook(@Property(name = "sluice.prices", defaultValue = "") String file) {
        if (file.isBlank()) {
            return PriceBookJson.shipped();
        }
        try {
            return PriceBookJson.read(Json.parse(Files.readAllBytes(Path.of(file))));
        } catch (IOException e) {
            throw new UncheckedIOException("SLUICE_PRICES: cannot read " + file, e);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(
                    "SLUICE_PRICES: the price file " + file + " cannot be used: " + e.getMessage(),
                    e);
        }
    }
}
