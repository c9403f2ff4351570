package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;

/** Which failures were certainly not paid for. */
class BedrockFailuresTest {
    @ParameterizedTest
    @MethodSource
    void whatWasNeverSentCannotBePaidFor(Throwable cause) {
        assertFails(sdk(cause), ModelFailure.UNAVAILABLE, Contact.UNREACHED);
    }

    static Stream<Throwable> whatWasNeverSentCannotBePaidFor() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new UnknownHostException("bedrock-runtime.us-east-1.amazonaws.com"),
                new NoRouteToHostException("No route to host"),
                new SocketException("Network is unreachable: host/10.0.0.1:443"),
                new SSLHandshakeException("PKIX path building failed"),
                new Throwable(
                        "Acquire operation took longer than the configured maximum time. ...",
                        new TimeoutException("Acquire operation took longer than 30000 ms")));
    }

    @ParameterizedTest
    @MethodSource
    void whatMayHaveBeenSentMayHaveBeenPaidFor(Throwable cause) {
        assertFails(sdk(cause), ModelFailure.LOST, Contact.UNANSWERED);
    }

    static Stream<Throwable> whatMayHaveBeenSentMayHaveBeenPaidFor() {
        return Stream.of(
                new SocketException("Connection reset"),
                new IOException("Connection reset by peer"),
                new TimeoutException("Read timed out"));
    }

    @Test
    void whatCannotBeSignedIsNotSent() {
        for (String message :
                new String[] {
                    "Unable to load credentials from any of the providers in the chain",
                    "Failed to load credentials from IMDS."
                }) {
            assertFails(
                    SdkClientException.create(message),
                    ModelFailure.UNAUTHENTICATED,
                    Contact.UNREACHED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, ExpiredTokenException, UNAUTHENTICATED",
        "400, ExpiredToken, UNAUTHENTICATED",
        "403, RequestTimeTooSkewed, UNAUTHENTICATED",
        "403, AccessDeniedException, REFUSED_HERE",
        "403, UnrecognizedClientException, REFUSED_HERE",
        "404, ResourceNotFoundException, REFUSED_HERE",
        "429, ThrottlingException, THROTTLED",
        "500, InternalServerException, TRANSIENT",
    })
    void whatAnotherTimeOrPlaceMayCureIsNotPermanent(int status, String code, ModelFailure kind) {
        assertFails(answered(status, code), kind, Contact.ANSWERED);
    }

    @Test
    void refusedPromptIsPermanent() {
        assertThat(BedrockFailures.kindOf(answered(400, "ValidationException")))
                .isEqualTo(ModelFailure.PERMANENT);
    }

    private static Throwable answered(int status, String code) {
        return BedrockRuntimeException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static SdkClientException sdk(Throwable cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }

    private static void assertFails(Throwable failure, ModelFailure kind, Contact contact) {
        assertThat(BedrockFailures.kindOf(failure)).isEqualTo(kind);
        assertThat(BedrockFailures.contactOf(failure)).isEqualTo(contact);
        assertThat(kind.repeatable()).isTrue();
    }
}
