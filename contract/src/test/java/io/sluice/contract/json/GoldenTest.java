package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden files hold each record as the first version wrote it. They are never edited: whoever
 * changes a codec adds a file and keeps the old ones readable.
 */
class GoldenTest {
    private static final Path FILES = Path.of("src", "test", "resources", "golden");

    /** A golden file, how its record is written and read, and what may be missing from it. */
    private static final class Golden {
        final String file;
        final Object record;
        final Supplied written;
        final Function<byte[], Object> reader;
        final Set<String> optional;

        Golden(
                String file,
                Object record,
                Supplied written,
                Function<byte[], Object> reader,
                String... optional) {
            this.file = file;
            this.record = record;
            this.written = written;
            this.reader = reader;
            this.optional = new TreeSet<>(Arrays.asList(optional));
        }

        JsonNode read() {
            try {
                return Json.parse(Files.readAllBytes(FILES.resolve(file)));
            } catch (IOException e) {
                throw new IllegalStateException(
                        file + " is missing; the record is now written as " + text(), e);
            }
        }

        String text() {
            return Json.text(written.get());
        }

        @Override
        public String toString() {
            return file;
        }
    }

    private interface Supplied {
        JsonNode get();
    }

    private static Golden item(
            String file,
            Object record,
            JsonNode written,
            Function<JsonNode, Object> reader,
            String... optional) {
        return new Golden(
                file,
                record,
                () -> Json.parse(Json.bytes(written)),
                bytes -> reader.apply(Json.parse(bytes)),
                optional);
    }

    private static Golden event(String file, io.sluice.contract.Event event, String... optional) {
        return new Golden(
                file, event, () -> Json.parse(EventJson.write(event)), EventJson::read, optional);
    }

    static Stream<Golden> goldens() {
        return Stream.of(
                event(
                        "request-event.v1.json",
                        Examples.request(),
                        "traceparent",
                        "facts.labels.agent_id",
                        "facts.labels.user_id",
                        "facts.labels.session",
                        "facts.labels.metadata",
                        "facts.labels.metadata.cost_center",
                        "facts.labels.metadata.team"),
                event(
                        "request-event.v1-routed.json",
                        Examples.routedRequest(),
                        "traceparent",
                        "facts.labels.agent_id",
                        "facts.labels.user_id",
                        "facts.labels.session",
                        "facts.labels.metadata",
                        "facts.labels.metadata.cost_center",
                        "facts.labels.metadata.team",
                        "facts.route",
                        "facts.route.stale_for_millis",
                        "facts.route.cheaper",
                        "facts.route.cheaper.output_burndown"),
                event(
                        "outcome-event.v1-stale.json",
                        Examples.staleOutcome(),
                        "payload",
                        "traceparent",
                        "facts.stale",
                        "facts.reason",
                        "facts.stop_reason"),
                item(
                        "result-item.v2.json",
                        Examples.targetedResult(),
                        ResultItemJson.write(Examples.targetedResult()),
                        ResultItemJson::read,
                        "output",
                        "region",
                        "service_tier",
                        "stale",
                        "decision.reason",
                        "decision.retry_after_ms"),
                event(
                        "outcome-event.v1.json",
                        Examples.outcome(),
                        "payload",
                        "traceparent",
                        "facts.reason",
                        "facts.stop_reason"),
                event("command-event.v1.json", Examples.command(), "traceparent", "facts.subject"),
                item(
                        "result-item.json",
                        Examples.result(),
                        ResultItemJson.write(Examples.result()),
                        ResultItemJson::read,
                        "output",
                        "decision.reason",
                        "decision.retry_after_ms"),
                item(
                        "result-item.v3.json",
                        Examples.duplicate(),
                        ResultItemJson.write(Examples.duplicate()),
                        ResultItemJson::read,
                        "output",
                        "decision.reason",
                        "decision.retry_after_ms",
                        "provider_cost_pico_usd",
                        "estimated_cost_pico_usd",
                        "possible_duplicate"),
                item(
                        "result-item.v4.json",
                        Examples.estimatedResult(),
                        ResultItemJson.write(Examples.estimatedResult()),
                        ResultItemJson::read,
                        "output",
                        "decision.reason",
                        "decision.retry_after_ms",
                        "usage.cache_write_1h_tokens",
                        "usage.estimated"),
                item(
                        "attempt-item.claimed.json",
                        Examples.claim(),
                        AttemptItemJson.write(Examples.claim()),
                        AttemptItemJson::read,
                        "attempt_key"),
                item(
                        "attempt-item.json",
                        Examples.attempt(),
                        AttemptItemJson.write(Examples.attempt()),
                        AttemptItemJson::read,
                        "attempt_key",
                        "reason",
                        "stop_reason",
                        "output"),
                item(
                        "usage-item.json",
                        Examples.usageItem(),
                        UsageItemJson.write(Examples.usageItem()),
                        UsageItemJson::read,
                        "window"),
                item(
                        "session-item.json",
                        Examples.session(),
                        SessionItemJson.write(Examples.session()),
                        SessionItemJson::read,
                        "truncated",
                        "turns"),
                item(
                        "tenant-item.json",
                        Examples.tenant(),
                        TenantItemJson.write(Examples.tenant()),
                        TenantItemJson::readTenant,
                        "item",
                        "overrides",
                        "overrides.max_concurrent",
                        "overrides.requests_per_minute"),
                item(
                        "tenant-item.v2.json",
                        Examples.tenantOfPolicy(),
                        TenantItemJson.write(Examples.tenantOfPolicy()),
                        TenantItemJson::readTenant,
                        "item",
                        "overrides",
                        "overrides.budget_per_day_usd",
                        "overrides.budget_per_day_usd.action",
                        "overrides.budget_per_day_usd.limit",
                        "overrides.cache",
                        "overrides.cache.llm_ttl_seconds",
                        "overrides.requests_per_minute",
                        "policy_hash",
                        "tier_by_policy"),
                item(
                        "api-key-item.json",
                        Examples.key(),
                        TenantItemJson.write(Examples.key()),
                        TenantItemJson::readKey,
                        "item"),
                item(
                        "dead-letter.v1.json",
                        Examples.deadLetter(),
                        DeadLetterJson.write(Examples.deadLetter()),
                        DeadLetterJson::read,
                        "v"),
                item(
                        "dead-letter.v2.json",
                        Examples.exhausted(),
                        DeadLetterJson.write(Examples.exhausted()),
                        DeadLetterJson::read,
                        "v",
                        "attempts",
                        "died_at_millis",
                        "last_error"),
                item(
                        "dead-letter-item.json",
                        Examples.redriven(),
                        DeadLetterItemJson.write(Examples.redriven()),
                        DeadLetterItemJson::read,
                        "bucket",
                        "item",
                        "tenant_id",
                        "attempts",
                        "died_at_millis",
                        "expires_at",
                        "last_error",
                        "redriven_as",
                        "redriven_at_millis",
                        "redriven_stored"));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void fileIsReadAsTheRecordItHolds(Golden golden) {
        assertThat(golden.reader.apply(Json.bytes(golden.read()))).isEqualTo(golden.record);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void recordIsStillWrittenAsTheFile(Golden golden) {
        assertThat(golden.written.get()).isEqualTo(golden.read());
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void unknownFieldsAreIgnored(Golden golden) {
        JsonNode extended = golden.read();
        for (JsonNode object : extended.findParents("tenant_id")) {
            ((ObjectNode) object).putObject("added_later").put("deep", 1);
        }
        ((ObjectNode) extended).put("added_later", "x");
        assertThat(golden.reader.apply(Json.bytes(extended))).isEqualTo(golden.record);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void missingFieldsAreNamedUnlessTheyAreOptional(Golden golden) {
        Set<String> optional = new TreeSet<>();
        forEachField(
                "",
                golden.read(),
                path -> {
                    JsonNode without = golden.read();
                    String name = remove(without, path);
                    Throwable thrown =
                            catchThrowable(() -> golden.reader.apply(Json.bytes(without)));
                    if (thrown == null) {
                        optional.add(path);
                    } else {
                        assertThat(thrown)
                                .as(path)
                                .isInstanceOf(MalformedJsonException.class)
                                .hasMessageContaining(name);
                    }
                });
        assertThat(optional).isEqualTo(golden.optional);
    }

    private static void forEachField(
            String path, JsonNode node, java.util.function.Consumer<String> visitor) {
        node.properties()
                .forEach(
                        field -> {
                            String inner = path + field.getKey();
                            visitor.accept(inner);
                            forEachField(inner + ".", field.getValue(), visitor);
                        });
    }

    private static String remove(JsonNode root, String path) {
        String[] steps = path.split("\\.");
        JsonNode node = root;
        for (int i = 0; i < steps.length - 1; i++) {
            node = node.get(steps[i]);
        }
        String name = steps[steps.length - 1];
        ((ObjectNode) node).remove(name);
        return name;
    }
}
