package io.sluice.sinks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every test class of a JVM the same {@link LocalDynamoDb}: starting one takes longer than
 * most tests. Test classes keep apart by the names of their tables.
 */
public final class SharedDynamoDb implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SharedDynamoDb.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalDynamoDb.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, type -> new Shared(), Shared.class)
                .dynamoDb;
    }

    /** Closed by JUnit after the last test of the JVM: Surefire asks for class after class. */
    private static final class Shared implements AutoCloseable {
        private final Path directory;
        private final LocalDynamoDb dynamoDb;

        Shared() {
            if (System.setProperty(SharedDynamoDb.class.getName(), "started") != null) {
                throw new IllegalStateException(
                        "started before in this JVM: it was closed between two classes");
            }
            try {
                directory = Files.createTempDirectory("sluice-sinks");
                dynamoDb = LocalDynamoDb.start(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            dynamoDb.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each :
                        all.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                    Files.delete(each);
                }
            }
        }
    }
}
