package io.sluice.sinks.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class AwsFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, RETRY",
        "400, ProvisionedThroughputExceededException, RETRY",
        "429, Whatever, RETRY",
        "500, InternalServerError, RETRY",
        "503, ServiceUnavailable, RETRY",
        "400, ExpiredTokenException, RETRY",
        "400, ValidationException, POISON",
        "400, ResourceNotFoundException, FATAL",
        "400, AccessDeniedException, FATAL",
        "400, UnrecognizedClientException, FATAL",
    })
    void answersOfTheServiceHaveAKind(int status, String code, FailureKind kind) {
        AwsServiceException answer =
                DynamoDbException.builder()
                        .statusCode(status)
                        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                        .build();

        assertThat(AwsFailures.kindOf(answer)).isEqualTo(kind);
    }

    @Test
    void noAnswerIsWorthARetry() {
        assertThat(AwsFailures.kindOf(ApiCallTimeoutException.create(1)))
                .isEqualTo(FailureKind.RETRY);
        assertThat(AwsFailures.kindOf(SdkClientException.create("no", new ConnectException())))
                .isEqualTo(FailureKind.RETRY);
    }

    @Test
    void whatIsNoFailureOfTheCallIsFatal() {
        assertThat(AwsFailures.kindOf(new IllegalStateException("a bug")))
                .isEqualTo(FailureKind.FATAL);
        assertThat(AwsFailures.kindOf(SdkClientException.create("Unable to load credentials from")))
                .isEqualTo(FailureKind.FATAL);
    }

    @Test
    void wrappersOfFuturesAreTakenOff() {
        Exception inner = new IllegalStateException();

        assertThat(AwsFailures.unwrapped(new CompletionException(new CompletionException(inner))))
                .isSameAs(inner);
    }
}
