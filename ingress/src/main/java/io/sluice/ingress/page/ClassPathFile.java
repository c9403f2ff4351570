package io.sluice.ingress.page;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file of the build, read once. Immutable. */
final class ClassPathFile {
    private final byte[] bytes;
    private final String mediaType;

    private ClassPathFile(byte[] bytes, String mediaType) {
        this.bytes = bytes;
        this.mediaType = mediaType;
    }

    static ClassPathFile of(String path, String mediaType) {
        return new ClassPathFile(read(path), mediaType);
    }

    static byte[] read(String path) {
        try (InputStream in = ClassPathFile.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    MutableHttpResponse<byte[]> answer() {
        return HttpResponse.ok(bytes)
                .header("Content-Type", mediaType)
                .header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff");
    }
}
