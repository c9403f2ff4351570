package io.sluice.local.command.cloudwatch;

import io.sluice.local.command.provision.AwsClients;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** Clients of CloudWatch. */
public final class CloudWatchClients {
    private CloudWatchClients() {}

    /** A client of the embedded service at that address. */
    public static CloudWatchClient embedded(URI endpoint) {
        return CloudWatchClient.builder()
                .region(Region.of(AwsClients.EMBEDDED_REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        AwsClients.EMBEDDED_CREDENTIAL,
                                        AwsClients.EMBEDDED_CREDENTIAL)))
                .endpointOverride(endpoint)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** A client of the AWS that the SDK's standard settings name, in that region. */
    public static CloudWatchClient external(String region) {
        return CloudWatchClient.builder()
                .region(Region.of(region))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
