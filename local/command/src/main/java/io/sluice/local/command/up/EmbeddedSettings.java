package io.sluice.local.command.up;

import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.provision.AwsClients;
import java.util.Map;

/** The AWS SDK's standard settings, by which a process finds what is embedded. */
final class EmbeddedSettings {
    private EmbeddedSettings() {}

    static Map<String, String> of(Endpoints endpoints) {
        return Map.of(
                "AWS_REGION",
                AwsClients.EMBEDDED_REGION,
                "AWS_ACCESS_KEY_ID",
                AwsClients.EMBEDDED_CREDENTIAL,
                "AWS_SECRET_ACCESS_KEY",
                AwsClients.EMBEDDED_CREDENTIAL,
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_ENDPOINT_URL_KINESIS",
                endpoints.kinesis().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                endpoints.dynamodb().toString(),
                "AWS_ENDPOINT_URL_CLOUDWATCH",
                endpoints.cloudwatch().toString(),
                "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
                endpoints.bedrock().toString());
    }
}
