package io.sluice.pipeline.topology;

import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PriceBookJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The price book of a file, or the one that ships with the build if none is named; read when asked
 * for.
 */
final class PriceBookFile implements SerializableSupplier<PriceBook> {
    private static final long serialVersionUID = 1;

    private final @Nullable String path;

    PriceBookFile(@Nullable String path) {
        this.path = path;
    }

    @Override
    public PriceBook get() {
        if (path == null) {
            return PriceBookJson.shipped();
        }
        try {
            return PriceBookJson.read(Json.parse(Files.readAllBytes(Paths.get(path))));
        } catch (IOException e) {
            throw new UncheckedIOException("the price book " + path + " cannot be read", e);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(
                    "the price book " + path + " cannot be used: " + e.getMessage(), e);
        }
    }
}
