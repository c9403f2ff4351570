package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;

/** Class and code, and nothing that anybody wrote. */
class CallErrorTest {
    private static final String CANARY = "canary-7f3a";

    @Test
    void serviceIsNamedByStatusAndCode() {
        assertThat(of(answered(503, "ServiceUnavailableException")))
                .isEqualTo("unavailable 503 ServiceUnavailableException");
    }

    @Test
    void codeThatIsNoneIsLeftOut() {
        for (String code : new String[] {CANARY + " is invalid", "", null, "<" + CANARY, "é"}) {
            assertThat(of(answered(503, code))).isEqualTo("unavailable 503");
        }
    }

    @Test
    void otherFailuresAreNamedByTheirType() {
        assertThat(of(new CompletionException(new ConnectException(CANARY))))
                .isEqualTo("unavailable ConnectException");
        assertThat(
                        CallError.of(
                                new ModelException(
                                        ModelFailure.TIMEOUT, Contact.UNANSWERED, CANARY, null)))
                .isEqualTo("timeout");
    }

    private static String of(Throwable cause) {
        return CallError.of(
                new ModelException(ModelFailure.UNAVAILABLE, Contact.UNREACHED, CANARY, cause));
    }

    private static Throwable answered(int status, String code) {
        return BedrockRuntimeException.builder()
                .statusCode(status)
                .message(CANARY)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage(CANARY).build())
                .build();
    }
}
