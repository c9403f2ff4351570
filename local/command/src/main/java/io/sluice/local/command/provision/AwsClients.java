package io.sluice.local.command.provision;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/** Clients of the streams and tables that a system uses. */
public final class AwsClients implements AutoCloseable {
    /** Region of the embedded services. */
    public static final String EMBEDDED_REGION = "us-east-1";

    /** Access key and secret of the embedded services, which check neither. */
    public static final String EMBEDDED_CREDENTIAL = "sluice";

    private final KinesisClient kinesis;
    private final DynamoDbClient dynamoDb;

    private AwsClients(KinesisClientBuilder kinesis, DynamoDbClientBuilder dynamoDb) {
        this.kinesis = kinesis.httpClient(UrlConnectionHttpClient.create()).build();
        this.dynamoDb = dynamoDb.httpClient(UrlConnectionHttpClient.create()).build();
    }

    /** Clients of embedded services at these addresses. */
    public static AwsClients embedded(URI kinesis, URI dynamoDb) {
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(EMBEDDED_CREDENTIAL, EMBEDDED_CREDENTIAL));
        Region region = Region.of(EMBEDDED_REGION);
        return new AwsClients(
                KinesisClient.builder()
                        .region(region)
                        .credentialsProvider(credentials)
                        .endpointOverride(kinesis),
                DynamoDbClient.builder()
                        .region(region)
                        .credentialsProvider(credentials)
                        .endpointOverride(dynamoDb));
    }

    /** Clients of the AWS that the SDK's standard settings name. */
    public static AwsClients external() {
        return new AwsClients(KinesisClient.builder(), DynamoDbClient.builder());
    }

    public KinesisClient kinesis() {
        return kinesis;
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
    }
}
