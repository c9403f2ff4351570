package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialScopeTest {

    @Test
    void regionIsTheThirdPartOfTheScope() {
        assertThat(
                        CredentialScope.region(
                                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261126/eu-central-1/bedrock/aws4_request,"
                                        + " SignedHeaders=host;x-amz-date, Signature=00"))
                .isEqualTo("eu-central-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer x", "AWS4-HMAC-SHA256 Credential=a/b/c", "Credential=a/2026/x/"})
    void anythingElseNamesNoRegion(String header) {
        assertThat(CredentialScope.region(header)).isEmpty();
    }

    @Test
    void noHeaderNamesNoRegion() {
        assertThat(CredentialScope.region(null)).isEmpty();
    }
}
