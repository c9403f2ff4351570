package io.sluice.ingress;

import io.sluice.local.kinesis.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every test class of a JVM the same {@link LocalAws} and, over it, the same {@link
 * RunningIngress} with no settings of its own: starting them takes longer than most tests. Tests
 * keep apart by their tenants; none may use another's. Reads and writes of the stream have no
 * limits: a test that is about them starts an ingress of its own.
 */
public final class SharedAws implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SharedAws.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalAws.class || type == RunningIngress.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared =
                context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                        .getOrComputeIfAbsent(Shared.class, type -> new Shared(), Shared.class);
        return parameter.getParameter().getType() == LocalAws.class ? shared.aws : shared.ingress();
    }

    /** Closed by JUnit after the last test of the JVM: Surefire asks for class after class. */
    private static final class Shared implements AutoCloseable {
        private final Path directory;
        private final LocalAws aws;
        private RunningIngress ingress;

        Shared() {
            if (System.setProperty(SharedAws.class.getName(), "started") != null) {
                throw new IllegalStateException(
                        "started before in this JVM: it was closed between two classes");
            }
            try {
                directory = Files.createTempDirectory("sluice-ingress");
                aws = LocalAws.start(directory, Limits.UNLIMITED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        RunningIngress ingress() {
            if (ingress == null) {
                ingress = RunningIngress.over(aws, Map.of());
            }
            return ingress;
        }

        @Override
        public void close() throws IOException {
            if (ingress != null) {
                ingress.close();
            }
            aws.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
