package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One request from the HTTP call to every place that it leaves a trace in, in the order of the
 * README's <em>follow one request, file by file</em>; then the decisions that are not "call the
 * model". One running system for all steps.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FollowOneRequestITCase {
    private static final String TENANT = "demo-business";
    private static final String ENDPOINT = "follow";
    private static final String QUESTION =
            Api.question(Api.MODEL, ENDPOINT, "What does one request leave behind?");
    private static final String SLOW_MODEL = "meta.llama3-1-8b-instruct-v1:0";
    private static final String FAILING_MODEL = "mistral.mistral-small-2402-v1:0";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path dataDir;

    private SluiceProcess sluice;
    private Api api;
    private Http bedrock;
    private Ledger ledger;
    private JsonNode first;

    @BeforeAll
    void start() throws Exception {
        sluice = SluiceProcess.start(dataDir);
        sluice.awaitReady(Duration.ofMinutes(2));
        api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get(TENANT));
        bedrock = new Http(sluice.endpoint("bedrock"));
        ledger = new Ledger(sluice.endpoint("dynamodb"));
    }

    @AfterAll
    void stop() throws Exception {
        if (ledger != null) {
            ledger.close();
        }
        if (sluice != null) {
            sluice.close();
        }
    }

    @Test
    @Order(1)
    void aSubmittedRequestIsAnsweredWithItsItem() {
        Api.Answer answer = api.ask(QUESTION);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("RateLimit-Policy"))
                .contains("\"requests-per-minute\";q=100;w=60");
        assertThat(answer.header("RateLimit")).contains("\"requests-per-minute\";r=99");
        first = answer.json();
        assertThat(first.path("id").asText()).startsWith("req_");
        assertThat(first.path("status").asText()).isEqualTo("succeeded");
        assertThat(first.path("decision").path("outcome").asText()).isEqualTo("invoked");
        assertThat(first.path("output").path("text").asText()).isNotBlank();
        assertThat(first.path("usage").path("input_tokens").asLong()).isPositive();
        assertThat(first.path("usage").path("output_tokens").asLong()).isPositive();
        assertThat(Instant.parse(first.path("finished_at").asText()))
                .isAfterOrEqualTo(Instant.parse(first.path("received_at").asText()));
    }

    @Test
    @Order(2)
    void itsCostIsThePriceListTimesItsTokensToTheLastDigit() {
        // Nova Micro: 0.035 USD per million input tokens, 0.14 per million output tokens.
        BigDecimal byHand =
                new BigDecimal("0.035")
                        .multiply(tokens("input_tokens"))
                        .add(new BigDecimal("0.14").multiply(tokens("output_tokens")))
                        .movePointLeft(6);
        assertThat(first.path("cost_usd").asText())
                .isEqualTo(byHand.stripTrailingZeros().toPlainString());
        assertThat(first.path("price_version").asText()).isNotBlank();
    }

    @Test
    @Order(3)
    void itsItemIsInTheTable() {
        Map<String, AttributeValue> item = stored(first.path("id").asText());
        assertThat(item.get("status").s()).isEqualTo("succeeded");
        assertThat(new BigDecimal(item.get("cost_pico_usd").n()).movePointLeft(12))
                .isEqualByComparingTo(first.path("cost_usd").asText());
        assertThat(item.get("finished_at_millis").n())
                .isEqualTo(
                        Long.toString(
                                Instant.parse(first.path("finished_at").asText()).toEpochMilli()));
        assertThat(Long.parseLong(item.get("expires_at").n()))
                .isGreaterThan(Instant.now().getEpochSecond());
    }

    @Test
    @Order(4)
    void itIsReadAgainUnderItsId() {
        Api.Answer read = api.get("/v1/requests/" + first.path("id").asText());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(first);
    }

    @Test
    @Order(5)
    void theUsageWindowsBookItOnce() {
        await().atMost(SOON).untilAsserted(() -> assertUsageEqualsResults());
        JsonNode totals = api.get("/v1/usage?granularity=day").json().path("totals");
        assertThat(totals.path("requests").asLong()).isEqualTo(1);
        assertThat(totals.path("output_tokens").asLong())
                .isEqualTo(tokens("output_tokens").longValueExact());
        assertThat(totals.path("cost_usd").asText()).isEqualTo(first.path("cost_usd").asText());
    }

    @Test
    @Order(6)
    void theSameQuestionIsServedFromTheCacheForNothing() {
        long callsBefore = calls(Api.MODEL);
        Api.Answer answer = api.ask(QUESTION);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode item = answer.json();
        assertThat(item.path("decision").path("outcome").asText()).isEqualTo("cache_hit");
        assertThat(item.path("cost_usd").asText()).isEqualTo("0");
        assertThat(item.path("output")).isEqualTo(first.path("output"));
        assertThat(item.path("id")).isNotEqualTo(first.path("id"));
        assertThat(item.path("usage").path("output_tokens").asLong()).isZero();
        assertThat(calls(Api.MODEL)).isEqualTo(callsBefore);
        await().atMost(SOON).untilAsserted(() -> assertUsageEqualsResults());
    }

    @Test
    @Order(7)
    void theEleventhRequestOfAFreeTenantWithinAMinuteIsRejected() {
        Api free = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-free"));
        for (int i = 1; i <= 10; i++) {
            Api.Answer admitted = free.ask(Api.question(Api.MODEL, ENDPOINT, "number " + i));
            assertThat(admitted.status()).as(i + ": " + admitted).isEqualTo(200);
        }
        Api.Answer rejected = free.ask(Api.question(Api.MODEL, ENDPOINT, "number 11"));
        assertThat(rejected.status()).as(rejected.toString()).isEqualTo(429);
        assertThat(rejected.header("Content-Type")).startsWith("application/problem+json");
        assertThat(Integer.parseInt(rejected.header("Retry-After"))).isBetween(1, 60);
        assertThat(rejected.json().path("type").asText()).endsWith("#quota-exceeded");
        assertThat(rejected.json().path("violated-policies").path(0).asText())
                .isEqualTo("requests-per-minute");
        JsonNode item = rejected.json().path("request");
        assertThat(item.path("status").asText()).isEqualTo("rejected");
        assertThat(item.path("decision").path("outcome").asText()).isEqualTo("rejected");
        assertThat(item.path("decision").path("reason").asText()).isEqualTo("requests-per-minute");
        assertThat(item.path("decision").path("retry_after_ms").asLong()).isBetween(1L, 60_000L);
        assertThat(stored("demo-free", item.path("id").asText()).get("status").s())
                .isEqualTo("rejected");
        assertThat(free.get("/v1/requests/" + item.path("id").asText()).json()).isEqualTo(item);
    }

    @Test
    @Order(8)
    void identicalRequestsInFlightShareOneCall() {
        bedrock.put("/_local/behavior", "{\"model\":\"" + SLOW_MODEL + "\",\"latency_ms\":2000}");
        String question = Api.question(SLOW_MODEL, ENDPOINT, "asked three times at once");
        long callsBefore = calls(SLOW_MODEL);
        List<CompletableFuture<Api.Answer>> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            asked.add(api.asked(question));
        }
        List<JsonNode> items =
                asked.stream()
                        .map(CompletableFuture::join)
                        .peek(a -> assertThat(a.status()).as(a.toString()).isEqualTo(200))
                        .map(Api.Answer::json)
                        .toList();
        assertThat(items)
                .extracting(item -> item.path("decision").path("outcome").asText())
                .containsExactlyInAnyOrder("invoked", "coalesced", "coalesced");
        assertThat(items)
                .extracting(item -> item.path("output"))
                .containsOnly(items.get(0).path("output"));
        assertThat(items)
                .filteredOn(
                        item -> "coalesced".equals(item.path("decision").path("outcome").asText()))
                .allSatisfy(item -> assertThat(item.path("cost_usd").asText()).isEqualTo("0"));
        assertThat(calls(SLOW_MODEL) - callsBefore).isEqualTo(1);
    }

    @Test
    @Order(9)
    void aFailingModelIsABadGatewayAndCostsNothing() {
        bedrock.put(
                "/_local/behavior",
                "{\"model\":\""
                        + FAILING_MODEL
                        + "\",\"error\":{\"type\":\"ModelErrorException\",\"every\":1}}");
        Api.Answer answer = api.ask(Api.question(FAILING_MODEL, ENDPOINT, "will fail"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode item = answer.json().path("request");
        assertThat(item.path("status").asText()).isEqualTo("failed");
        assertThat(item.path("decision").path("reason").asText()).isEqualTo("model-error");
        assertThat(item.path("cost_usd").asText()).isEqualTo("0");
        assertThat(stored(item.path("id").asText()).get("status").s()).isEqualTo("failed");
    }

    @Test
    @Order(10)
    void afterAllOfItUsageStillEqualsResults() {
        await().atMost(SOON).untilAsserted(() -> assertUsageEqualsResults());
    }

    @Test
    @Order(11)
    void theMetricsSayTheSame() {
        double requests = (double) ledger.sumOfResults().get(TENANT).get("requests");
        try (CloudWatchClient cloudWatch =
                CloudWatchClient.builder()
                        .endpointOverride(URI.create(sluice.endpoint("cloudwatch")))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("sluice", "sluice")))
                        .build()) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> {
                                assertThat(
                                                sum(
                                                        cloudWatch,
                                                        "RequestsPerTenant",
                                                        "Endpoint",
                                                        ENDPOINT))
                                        .isEqualTo(requests);
                                assertThat(sum(cloudWatch, "LLMCost", "Model", Api.MODEL))
                                        .isCloseTo(
                                                first.path("cost_usd").asDouble(), within(1e-15));
                            });
        }
    }

    @Test
    @Order(12)
    void aNoteAddsUpTheSame() throws Exception {
        SluiceRun run = SluiceRun.of(dataDir, "notebook", "run", "spend", "--json");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode tenants = run.json().at("/results/1");
        assertThat(tenants.path("title").asText()).isEqualTo("Spend of each tenant");
        assertThat(tenants.path("rows"))
                .filteredOn(row -> row.path(0).asText().equals(TENANT))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(new BigDecimal(row.path(3).asText()))
                                        .isEqualByComparingTo(
                                                BigDecimal.valueOf(
                                                        ledger.billed().get(TENANT), 12)));
    }

    @Test
    @Order(13)
    void m1AuditFindsNothingWhenNothingIsUnderWay() throws Exception {
        new MoneyCommands(dataDir, ledger).auditFindsNothing();
    }

    @Test
    @Order(14)
    void m1AuditFindsThePlantedDifference() throws Exception {
        new MoneyCommands(dataDir, ledger).auditFindsThePlantedDifference();
    }

    @Test
    @Order(15)
    void m1ShowbackComesToTheUsageTable() throws Exception {
        new MoneyCommands(dataDir, ledger).showbackComesToTheUsageTable();
    }

    @Test
    @Order(16)
    void m5ReratingIsKeptBesideWhatWasBilled() throws Exception {
        new MoneyCommands(dataDir, ledger).reratingIsKeptBesideWhatWasBilled();
    }

    @Test
    @Order(17)
    void rowsOfASiloTenantLieInItsOwnTablesOnly() throws Exception {
        new IsolationCommands(sluice, dataDir, ledger).rowsOfASiloTenantLieInItsOwnTablesOnly();
    }

    @Test
    @Order(18)
    void moveUnderTrafficLosesAndDoublesNothing() throws Exception {
        new IsolationCommands(sluice, dataDir, ledger)
                .moveUnderTrafficLosesAndDoublesNothing(TENANT, SLOW_MODEL);
    }

    @Test
    @Order(19)
    void itsTransitionIsArchivedAndSealed() throws Exception {
        SealedArchive archive = new SealedArchive(dataDir);
        archive.reaches(TENANT, first.path("decision").path("seq").asLong());
        archive.hasEachTransitionOnce(ledger.results());
        archive.hasDocuments(first.path("price_version").asText());
        long number = archive.digestsAreOneChain();
        await("status tells the newest digest")
                .atMost(SOON)
                .until(
                        () ->
                                SluiceRun.of(dataDir, "status", "--json")
                                                .json()
                                                .at("/newest_digest/number")
                                                .asLong()
                                        >= number);
    }

    @Test
    @Order(20)
    void a2A3ItsHistoryIsVerifiedAndProved() throws Exception {
        AuditCommands audit = new AuditCommands(dataDir);
        audit.archiveIsAsItWasSealed();
        audit.recordIsProvedWithoutTheArchive(TENANT, first.path("decision").path("seq").asLong());
        audit.storyIsTold(first.path("id").asText());
    }

    @Test
    @Order(21)
    void a1ItsHistoryIsDecidedAgainToTheBit() throws Exception {
        AuditCommands audit = new AuditCommands(dataDir);
        audit.historyIsDecidedAgain(TENANT);
        audit.historyIsToldUnderAnotherPolicy();
    }

    private double sum(CloudWatchClient cloudWatch, String metric, String dimension, String value) {
        return cloudWatch
                .getMetricStatistics(
                        request ->
                                request.namespace("Orchestrator")
                                        .metricName(metric)
                                        .dimensions(
                                                dimension("TenantId", TENANT),
                                                dimension(dimension, value))
                                        .startTime(Instant.now().minusSeconds(600))
                                        .endTime(Instant.now().plusSeconds(60))
                                        .period(60)
                                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .mapToDouble(Datapoint::sum)
                .sum();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private void assertUsageEqualsResults() {
        for (String granularity : List.of("minute", "hour", "day")) {
            assertThat(ledger.sumOfUsage(granularity))
                    .as(granularity)
                    .isEqualTo(ledger.sumOfResults());
        }
    }

    private BigDecimal tokens(String kind) {
        return BigDecimal.valueOf(first.path("usage").path(kind).asLong());
    }

    private long calls(String model) {
        return bedrock.get("/_local/calls").path("by_model").path(model).asLong();
    }

    private Map<String, AttributeValue> stored(String id) {
        return stored(TENANT, id);
    }

    private Map<String, AttributeValue> stored(String tenant, String id) {
        Stream<Map<String, AttributeValue>> items = ledger.results().stream();
        return items.filter(
                        item ->
                                item.get("tenant_id").s().equals(tenant)
                                        && item.get("request_id").s().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no item of " + tenant + " under " + id));
    }
}
