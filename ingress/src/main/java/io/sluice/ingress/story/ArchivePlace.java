package io.sluice.ingress.story;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.sluice.objects.ObjectStores;
import io.sluice.sinks.archive.ArchiveReading;
import io.sluice.sinks.archive.FolderArchive;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens the archive that {@code SLUICE_AUDIT} names, the same place that the job writes to: an
 * absolute folder or {@code s3://bucket/prefix}. Without that setting no story is told.
 */
@Factory
final class ArchivePlace {
    /**
     * The archive, if one is set.
     *
     * @param reading null if none is
     */
    record Archive(@Nullable ArchiveReading reading) {
        void close() {
            if (reading instanceof StoredArchive stored) {
                stored.close();
            }
        }
    }

    @Singleton
    @Bean(preDestroy = "close")
    Archive archive(@Property(name = "sluice.audit", defaultValue = "") String location) {
        return opened(location.trim());
    }

    static Archive opened(String location) {
        if (location.isEmpty()) {
            return new Archive(null);
        }
        if (location.startsWith("s3://")) {
            return new Archive(
                    new StoredArchive(ObjectStores.open(location, UnaryOperator.identity())));
        }
        return new Archive(new FolderArchive(folder(location)));
    }

    private static Path folder(String location) {
        try {
            URI uri = location.startsWith("file:") ? URI.create(location) : null;
            Path path = uri == null ? Path.of(location) : Path.of(uri);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "SLUICE_AUDIT is '"
                        + location
                        + "', expected an absolute folder or s3://bucket/prefix, the place of the"
                        + " job's audit archive");
    }
}
