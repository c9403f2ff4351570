package io.sluice.local.command.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The running system of all {@link OnSharedSystem} classes: started for the first of them with the
 * usual settings, killed after the last. A class does nothing to it that others would see: it has
 * tenants of its own or does not count what others may have left, and takes no part down.
 */
final class SharedSystem implements AutoCloseable {
    private final Path dataDir;
    private final SluiceProcess process;

    private SharedSystem(Path dataDir, SluiceProcess process) {
        this.dataDir = dataDir;
        this.process = process;
    }

    private static SharedSystem start() {
        if (System.setProperty(SharedSystem.class.getName(), "started") != null) {
            throw new IllegalStateException(
                    "started before in this JVM: it was closed between two classes");
        }
        try {
            Path dataDir = Files.createTempDirectory("sluice-shared");
            SharedSystem system = new SharedSystem(dataDir, SluiceProcess.start(dataDir));
            try {
                system.process.awaitReady(Duration.ofMinutes(2));
            } catch (Throwable e) {
                system.process.close();
                throw e;
            }
            return system;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path dataDir() {
        return dataDir;
    }

    String endpoint(String name) {
        return process.endpoint(name);
    }

    String adminKey() {
        return process.adminKey();
    }

    Map<String, String> tenantKeys() {
        return process.tenantKeys();
    }

    /**
     * Makes a tenant that no other class knows, of the tier {@code enterprise}; calls with its key.
     */
    Api newTenant(String tenantId) {
        Api.Answer made =
                new Api(endpoint("api"), adminKey())
                        .post(
                                "/v1/admin/tenants",
                                "{\"tenant_id\":\"" + tenantId + "\",\"tier\":\"enterprise\"}");
        if (made.status() != 201) {
            throw new AssertionError("no tenant " + tenantId + ": " + made);
        }
        return new Api(endpoint("api"), made.json().path("api_key").asText());
    }

    @Override
    public void close() throws IOException {
        process.close();
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Hands it to whoever has it as a parameter. The session's store closes it at the very end. */
    static final class Lender implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE =
                ExtensionContext.Namespace.create(SharedSystem.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SharedSystem.class;
        }

        @Override
        public SharedSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                    .getOrComputeIfAbsent(
                            SharedSystem.class, key -> SharedSystem.start(), SharedSystem.class);
        }
    }
}
