package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.command.provision.AwsClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code up --external-aws}: the AWS that the SDK's settings name is used and nothing is embedded.
 * What they name here are empty services that Sluice did not start and does not know.
 */
class ExternalAwsITCase {
    private static final Duration READY = Duration.ofMinutes(3);

    @TempDir Path directory;
    private final List<Process> services = new ArrayList<>();

    @AfterEach
    void stopServices() throws InterruptedException {
        for (Process service : services) {
            service.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void createsWhatIsMissingThereAndServesFromThere() throws Exception {
        JsonNode addresses = startEmptyServices();
        Map<String, String> standardSettings =
                Map.of(
                        "AWS_REGION",
                        "eu-central-1",
                        "AWS_ACCESS_KEY_ID",
                        "somebody",
                        "AWS_SECRET_ACCESS_KEY",
                        "somebody",
                        "AWS_EC2_METADATA_DISABLED",
                        "true",
                        "AWS_ENDPOINT_URL_KINESIS",
                        addresses.path("kinesis").asText(),
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        addresses.path("dynamodb").asText(),
                        "AWS_ENDPOINT_URL_CLOUDWATCH",
                        addresses.path("cloudwatch").asText(),
                        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
                        addresses.path("bedrock").asText());

        try (SluiceProcess sluice =
                SluiceProcess.start(
                        standardSettings, directory.resolve("external"), "--external-aws")) {
            sluice.awaitReady(READY);

            assertThat(sluice.pids()).containsOnlyKeys("supervisor", "job", "ingress");
            Api api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get("demo-enterprise"));
            Api.Answer answer = api.ask(Api.question(Api.MODEL, "external", "Who are you?"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(sluice.stop()).isZero();
        }

        try (AwsClients there =
                AwsClients.embedded(
                        URI.create(addresses.path("kinesis").asText()),
                        URI.create(addresses.path("dynamodb").asText()))) {
            assertThat(there.kinesis().listStreams().streamNames())
                    .contains("sluice-events", "sluice-dead-letters", "sluice-audit");
            assertThat(there.dynamoDb().scan(s -> s.tableName("sluice-requests")).items())
                    .hasSize(1);
            for (String table :
                    List.of(
                            "sluice-requests",
                            "sluice-idempotency",
                            "sluice-batches",
                            "sluice-sessions",
                            "sluice-dead-letters",
                            "sluice-attempts")) {
                assertThat(
                                there.dynamoDb()
                                        .describeTimeToLive(t -> t.tableName(table))
                                        .timeToLiveDescription()
                                        .attributeName())
                        .isEqualTo("expires_at");
            }
        }
    }

    /** The commands of a running system's services on empty folders; the system is gone then. */
    private JsonNode startEmptyServices() throws IOException {
        try (SluiceProcess system =
                SluiceProcess.start(directory.resolve("lender")).awaitReady(READY)) {
            List<List<String>> commands =
                    List.of(system.commandOf("aws"), system.commandOf("dynamodb"));
            system.killEverything();
            for (List<String> command : commands) {
                services.add(onEmptyFolder(command, "service-" + services.size()));
            }
            return system.endpoints();
        }
    }

    private Process onEmptyFolder(List<String> command, String folder) throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.set(arguments.indexOf("--data-dir") + 1, directory.resolve(folder).toString());
        return new ProcessBuilder(arguments)
                .redirectOutput(directory.resolve(folder + ".out").toFile())
                .redirectError(directory.resolve(folder + ".err").toFile())
                .start();
    }
}
