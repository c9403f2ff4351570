package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.command.provision.AwsClients;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code up --external-aws}: the AWS that the SDK's settings name is used and nothing is embedded.
 * What they name here are empty services that Sluice did not start and does not know.
 */
class ExternalAwsITCase {
    private static final Duration READY = Duration.ofMinutes(3);

    @TempDir Path directory;

    @Test
    void createsWhatIsMissingThereAndServesFromThere() throws Exception {
        try (EmbeddedAws services = EmbeddedAws.start(directory.resolve("services"))) {
            servesFrom(services);
        }
    }

    private void servesFrom(EmbeddedAws services) throws Exception {
        URI kinesis = local(services.kinesisPort());
        URI dynamoDb = local(services.dynamoDbPort());
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
                        kinesis.toString(),
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        dynamoDb.toString(),
                        "AWS_ENDPOINT_URL_CLOUDWATCH",
                        local(services.cloudWatchPort()).toString(),
                        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
                        local(services.bedrockPort()).toString());

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

        try (AwsClients there = AwsClients.embedded(kinesis, dynamoDb)) {
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

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
