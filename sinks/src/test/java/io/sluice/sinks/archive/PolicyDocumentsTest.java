package io.sluice.sinks.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDocumentsTest {
    private final PriceBook prices = PriceBookJson.shipped();

    @TempDir private Path folder;

    @Test
    void everyContentIsThereOnceBeforeTheCheckpointIs() throws Exception {
        SinkWriter<EffectivePolicy> writer = writer();
        writer.write(policy(1, "a"), null);
        writer.write(policy(7, "a"), null);
        writer.write(policy(2, "b"), null);
        writer.flush(false);
        assertThat(names("policies")).containsExactly("a.json", "b.json");
        assertThat(Json.parse(Files.readAllBytes(folder.resolve("policies/a.json"))))
                .hasToString(
                        "{\"hash\":\"a\",\"tier\":\"free\",\"requests_per_minute\":10,"
                                + "\"requests_per_day\":1000,\"max_concurrent\":4,"
                                + "\"cache_ttl_millis\":1800000,\"price_version\":\"p\"}");
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws Exception {
        writer();
        Path book = folder.resolve("prices/" + prices.version() + ".json");
        Files.writeString(book, "as it was");
        Files.createDirectories(folder.resolve("policies"));
        Path policy = Files.writeString(folder.resolve("policies/a.json"), "as it was");
        SinkWriter<EffectivePolicy> again = writer();
        again.write(policy(1, "a"), null);
        again.flush(false);
        assertThat(book).hasContent("as it was");
        assertThat(policy).hasContent("as it was");
    }

    @Test
    void priceBookOfTheJobIsThereFromItsStart() throws Exception {
        writer();
        byte[] book = Files.readAllBytes(folder.resolve("prices/" + prices.version() + ".json"));
        assertThat(PriceBookJson.read(Json.parse(book)).version()).isEqualTo(prices.version());
    }

    private List<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @SuppressWarnings("deprecation") // the newer method calls this one
    private SinkWriter<EffectivePolicy> writer() throws IOException {
        return new PolicyDocuments(folder.toUri().toString(), PriceBookJson::shipped)
                .createWriter((org.apache.flink.api.connector.sink2.Sink.InitContext) null);
    }

    private static EffectivePolicy policy(int version, String hash) {
        return EffectivePolicy.builder()
                .version(version)
                .hash(hash)
                .tier("free")
                .requestsPerMinute(10)
                .requestsPerDay(1_000)
                .maxConcurrent(4)
                .cache(io.sluice.contract.CacheRules.SHIPPED.withLlmTtlMillis(1_800_000))
                .priceVersion("p")
                .build();
    }
}
