package io.sluice.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class DynamoDbProcessITCase {

    @TempDir Path dir;

    @Test
    void everyAcknowledgedWriteOutlivesAKill() throws IOException {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (DynamoDbChild child = start(0);
                DynamoDbAsyncClient client = Sdk.async(child.endpoint())) {
            Sdk.createTable(client);
            List<CompletableFuture<Boolean>> writes = new ArrayList<>();
            Semaphore inFlight = new Semaphore(32);
            for (int i = 0; acknowledged.size() < 300; i++) {
                inFlight.acquireUninterruptibly();
                String key = "k" + i;
                writes.add(
                        client.putItem(Sdk.putNew(key))
                                .handle(
                                        (done, failed) -> {
                                            inFlight.release();
                                            return failed == null && acknowledged.add(key);
                                        }));
            }
            assertThat(child.handle().destroyForcibly()).isTrue();
            await().until(() -> !child.handle().isAlive());
            writes.forEach(CompletableFuture::join);
        }
        try (DynamoDbChild child = start(0);
                DynamoDbClient client = Sdk.sync(child.endpoint())) {
            Set<String> kept =
                    client.scanPaginator(s -> s.tableName(Sdk.TABLE)).items().stream()
                            .map(item -> item.get("sk").s())
                            .collect(Collectors.toSet());
            assertThat(kept).containsAll(acknowledged);
        }
    }

    /** Long enough for the write-ahead log to be folded in the middle of some of them. */
    @Test
    void everyAcknowledgedTransactionIsKept() throws IOException {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (DynamoDbChild child = start(0);
                DynamoDbAsyncClient client = Sdk.async(child.endpoint())) {
            Sdk.createTable(client);
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String writer = "w" + w;
                writers.add(
                        CompletableFuture.runAsync(() -> transact(client, writer, acknowledged)));
            }
            writers.forEach(CompletableFuture::join);
        }
        try (DynamoDbChild child = start(0);
                DynamoDbClient client = Sdk.sync(child.endpoint())) {
            Set<String> kept =
                    client.scanPaginator(s -> s.tableName(Sdk.TABLE)).items().stream()
                            .map(item -> item.get("sk").s())
                            .collect(Collectors.toSet());
            assertThat(acknowledged).isNotEmpty();
            assertThat(kept).containsAll(acknowledged);
        }
    }

    @Test
    void conditionIsKeptAcrossAStop() throws IOException {
        int port;
        try (DynamoDbChild child = start(0);
                DynamoDbAsyncClient client = Sdk.async(child.endpoint())) {
            port = child.port();
            Sdk.createTable(client);
            client.putItem(Sdk.putNew("once")).join();
        }
        try (DynamoDbChild child = start(port);
                DynamoDbClient client = Sdk.sync(child.endpoint())) {
            assertThat(child.port()).isEqualTo(port);
            assertThatThrownBy(() -> client.putItem(Sdk.putNew("once")))
                    .isInstanceOf(ConditionalCheckFailedException.class);
            Map<String, AttributeValue> key =
                    Map.of("pk", AttributeValue.fromS("t1"), "sk", AttributeValue.fromS("once"));
            assertThat(client.getItem(g -> g.tableName(Sdk.TABLE).key(key)).item())
                    .containsKey("d");
        }
    }

    @Test
    void endOfStandardInputEndsIt() throws IOException {
        Process process = raw(List.of("--data-dir", dir.toString(), "--port", "0"));
        assertThat(process.inputReader().readLine()).startsWith("ready ");
        process.getOutputStream().close();
        await().atMost(Duration.ofSeconds(15)).until(() -> !process.isAlive());
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void wrongArgumentsAreNamed() throws IOException {
        Process process = raw(List.of("--data-dir", dir.toString()));
        assertThat(process.errorReader().readLine()).contains("expected --data-dir <dir> --port");
        await().until(() -> !process.isAlive());
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void takenPortIsReportedToTheParent() throws IOException {
        try (DynamoDbChild first = start(0)) {
            assertThatThrownBy(
                            () ->
                                    DynamoDbChild.start(
                                            Sdk.CLASS_PATH,
                                            dir.resolve("other"),
                                            first.port(),
                                            dir.resolve("other.log")))
                    .hasMessageContaining("ended instead of getting ready")
                    .hasMessageContaining("127.0.0.1");
        }
    }

    /** Transactions of three items each, for three folds of the log. */
    private static void transact(
            DynamoDbAsyncClient client, String writer, Set<String> acknowledged) {
        long endNanos = System.nanoTime() + Duration.ofSeconds(7).toNanos();
        for (int i = 0; System.nanoTime() < endNanos; i++) {
            String first = writer + "-" + i;
            client.transactWriteItems(
                            t ->
                                    t.transactItems(
                                            Sdk.transactNew(first),
                                            Sdk.transactNew(first + "b"),
                                            Sdk.transactNew(first + "c")))
                    .join();
            acknowledged.add(first);
            acknowledged.add(first + "c");
        }
    }

    private DynamoDbChild start(int port) throws IOException {
        return DynamoDbChild.start(
                Sdk.CLASS_PATH, dir.resolve("db"), port, dir.resolve("dynamodb.log"));
    }

    private Process raw(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(dir.resolve("tmp")));
        command.addAll(List.of("-cp", Sdk.CLASS_PATH, DynamoDbProcess.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).start();
    }
}
