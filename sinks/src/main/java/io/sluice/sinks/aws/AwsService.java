package io.sluice.sinks.aws;

/** An AWS service that a part of the job talks to. */
public enum AwsService {
    /** Kinesis Data Streams. */
    KINESIS("Kinesis", "KINESIS"),
    /** DynamoDB. */
    DYNAMODB("DynamoDb", "DYNAMODB"),
    /** CloudWatch. */
    CLOUDWATCH("CloudWatch", "CLOUDWATCH"),
    /** Bedrock, the calls of models. */
    BEDROCK_RUNTIME("BedrockRuntime", "BEDROCK_RUNTIME"),
    /** S3, for large payloads. */
    S3("S3", "S3");

    private final String propertySuffix;
    private final String variableSuffix;

    AwsService(String propertySuffix, String variableSuffix) {
        this.propertySuffix = propertySuffix;
        this.variableSuffix = variableSuffix;
    }

    /**
     * The JVM property that names this service's endpoint, such as {@code aws.endpointUrlDynamoDb}.
     */
    String endpointProperty() {
        return "aws.endpointUrl" + propertySuffix;
    }

    /**
     * The variable that names this service's endpoint, such as {@code AWS_ENDPOINT_URL_DYNAMODB}.
     */
    String endpointVariable() {
        return "AWS_ENDPOINT_URL_" + variableSuffix;
    }
}
