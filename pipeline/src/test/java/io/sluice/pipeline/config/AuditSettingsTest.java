package io.sluice.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSettingsTest {
    @Test
    void withoutPropertiesThereIsAStreamAndADigestEachMinute() {
        AuditSettings audit = of(Map.of(), Map.of());
        assertThat(audit.stream()).isEqualTo("sluice-audit");
        assertThat(audit.anchorsTable()).isEqualTo("sluice-audit-anchors");
        assertThat(audit.digestInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(audit.signingKey()).isNull();
        assertThatThrownBy(audit::archive)
                .hasMessageContaining("property Audit/archive: seen none, expected")
                .hasMessageContaining("SLUICE_AUDIT");
    }

    @Test
    void propertiesGoBeforeVariables() {
        Map<String, String> variables =
                Map.of("SLUICE_AUDIT", "/data/audit/", "SLUICE_AUDIT_KEY", "/data/key.pem");
        AuditSettings audit = of(Map.of(), variables);
        assertThat(audit.archive()).isEqualTo("file:///data/audit");
        assertThat(audit.signingKey()).isEqualTo("/data/key.pem");
        audit = of(Map.of("archive", "s3://bucket/audit", "signing.key", "/k"), variables);
        assertThat(audit.archive()).isEqualTo("s3://bucket/audit");
        assertThat(audit.signingKey()).isEqualTo("/k");
        for (String key : List.of("kms:alias/audit", "kms:arn:aws:kms:eu-west-1:1:key/1-a")) {
            assertThat(of(Map.of("signing.key", key), variables).signingKey()).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "archive|audit|an absolute folder or s3://bucket/prefix",
                "archive|ftp://host/audit|an absolute folder or s3://bucket/prefix",
                "archive|s3:///audit|an absolute folder or s3://bucket/prefix",
                "archive|s3://a b|an absolute folder or s3://bucket/prefix",
                "signing.key|key.pem|the absolute path of a private key in PEM form",
                "signing.key|kms:|the absolute path of a private key in PEM form",
                "signing.key|kms://alias/audit|the absolute path of a private key in PEM form",
                "digest.interval|PT0.5S|at least PT1S",
                "digest.interval|soon|an ISO 8601 duration",
                "look.back|PT59M|at least PT1H",
            })
    void wrongValueIsRefusedByNameAndWhatIsExpected(String key, String value, String expected) {
        assertThatThrownBy(() -> of(Map.of(key, value), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("property Audit/" + key)
                .hasMessageContaining(value)
                .hasMessageContaining(expected);
    }

    @Test
    void unknownPropertyIsRefused() {
        assertThatThrownBy(() -> of(Map.of("folder", "/x"), Map.of()))
                .hasMessageContaining("property Audit/folder is unknown");
    }

    private static AuditSettings of(Map<String, String> properties, Map<String, String> variables) {
        Properties values = new Properties();
        values.putAll(properties);
        PropertyGroup.Set groups = new PropertyGroup.Set(Map.of("Audit", values));
        return new AuditSettings(groups.group("Audit"), variables::get);
    }
}
