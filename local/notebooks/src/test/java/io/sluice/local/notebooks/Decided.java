package io.sluice.local.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the notes over the archive must come to: the released history, read without Flink. */
final class Decided {
    static final Path ARCHIVE = Path.of("..", "..", "pipeline/src/test/resources/history/engine-1");

    private Decided() {}

    static List<List<@Nullable Object>> byOutcome() throws IOException {
        List<JsonNode> requests =
                records().stream().filter(r -> r.path("kind").asText().equals("request")).toList();
        return Books.rows(
                requests,
                r ->
                        List.of(
                                r.path("tenant_id").asText(),
                                r.path("decision").path("outcome").asText(),
                                r.path("decision").path("reason").asText("")),
                all -> List.of((long) all.size()));
    }

    static List<List<@Nullable Object>> histories() throws IOException {
        return Books.rows(
                records(),
                r -> List.of(r.path("tenant_id").asText()),
                all ->
                        List.of(
                                (long) all.size(),
                                all.stream().mapToLong(r -> r.path("seq").asLong()).max().orElse(0),
                                all.stream()
                                        .map(r -> r.path("decision").path("policy_version"))
                                        .filter(JsonNode::isNumber)
                                        .distinct()
                                        .count(),
                                all.stream()
                                        .filter(
                                                r ->
                                                        r.path("decision")
                                                                .path("clock_adjusted")
                                                                .asBoolean())
                                        .count(),
                                cost(all)));
    }

    private static BigDecimal cost(List<JsonNode> records) {
        BigInteger pico =
                records.stream()
                        .filter(r -> r.path("kind").asText().equals("outcome"))
                        .map(r -> new BigInteger(r.path("input").path("cost_pico_usd").asText()))
                        .reduce(BigInteger.ZERO, BigInteger::add);
        return new BigDecimal(pico, 12);
    }

    private static List<JsonNode> records() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ARCHIVE)) {
            for (Path path : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                try (ArchiveFile file = ArchiveFile.open(path)) {
                    for (var next = file.next(); next != null; next = file.next()) {
                        records.add(Json.parse(next.body()));
                    }
                }
            }
        }
        return records;
    }
}
