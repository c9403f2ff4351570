package io.sluice.sinks.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class AwsAccessTest {
    private static final String GENERAL = "http://127.0.0.1:1000";
    private static final String OWN = "http://127.0.0.1:2000";

    private static AwsAccess resolve(
            Map<String, String> variables, Map<String, String> properties) {
        return AwsAccess.resolve(AwsService.DYNAMODB, "eu-west-1", variables, properties::get);
    }

    @Test
    void servicesOwnEndpointGoesBeforeTheGeneralOne() {
        Map<String, String> both =
                Map.of("AWS_ENDPOINT_URL", GENERAL, "AWS_ENDPOINT_URL_DYNAMODB", OWN);

        assertThat(resolve(both, Map.of()).endpoint()).isEqualTo(OWN);
        assertThat(resolve(Map.of("AWS_ENDPOINT_URL", GENERAL), Map.of()).endpoint())
                .isEqualTo(GENERAL);
    }

    @Test
    void propertyGoesBeforeTheVariable() {
        assertThat(
                        resolve(
                                        Map.of("AWS_ENDPOINT_URL_DYNAMODB", GENERAL),
                                        Map.of("aws.endpointUrlDynamoDb", OWN))
                                .endpoint())
                .isEqualTo(OWN);
    }

    @Test
    void ignoredEndpointsAreIgnored() {
        Map<String, String> variables =
                Map.of("AWS_ENDPOINT_URL", GENERAL, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");

        assertThat(resolve(variables, Map.of()).endpoint()).isNull();
    }

    @Test
    void connectorsGetRegionEndpointAndTheDefaultCredentials() {
        Properties expected = new Properties();
        expected.setProperty("aws.region", "eu-west-1");
        expected.setProperty("aws.endpoint", OWN);
        expected.setProperty("aws.credentials.provider", "AUTO");

        assertThat(
                        resolve(Map.of("AWS_ENDPOINT_URL_DYNAMODB", OWN), Map.of())
                                .connectorProperties())
                .isEqualTo(expected);
    }

    @Test
    void withoutEndpointTheRegionsOwnIsUsed() {
        assertThat(resolve(Map.of(), Map.of()).connectorProperties())
                .doesNotContainKey("aws.endpoint");
    }

    @Test
    void wrongEndpointIsNamed() {
        assertThatThrownBy(() -> resolve(Map.of("AWS_ENDPOINT_URL", "localhost:80"), Map.of()))
                .hasMessageContaining("localhost:80");
    }

    @Test
    void travelsToTheSubtasks() throws Exception {
        AwsAccess access = resolve(Map.of("AWS_ENDPOINT_URL", GENERAL), Map.of());

        assertThat(InstantiationUtil.clone(access).endpoint()).isEqualTo(GENERAL);
    }
}
