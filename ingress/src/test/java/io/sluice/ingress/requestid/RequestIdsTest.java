package io.sluice.ingress.requestid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
    private static final long NOON = 1_795_435_200_000L;
    private static final byte[] CURRENT =
            "current-secret-0".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final byte[] EARLIER =
            "earlier-secret-0".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final RequestIds ids = new RequestIds(List.of(CURRENT, EARLIER));

    @Test
    void issuedIdIsKnownToItsTenantWithItsTime() {
        assertThat(ids.issuedAtMillis("acme", ids.issue("acme", NOON))).hasValue(NOON);
    }

    @Test
    void idOfAnotherTenantIsUnknown() {
        assertThat(ids.issuedAtMillis("acm", ids.issue("acme", NOON))).isEmpty();
        assertThat(ids.issuedAtMillis("acme2", ids.issue("acme", NOON))).isEmpty();
    }

    @Test
    void everyChangedCharacterMakesItUnknown() {
        String id = ids.issue("acme", NOON);
        for (int i = 0; i < id.length(); i++) {
            String changed =
                    id.substring(0, i) + (id.charAt(i) == '1' ? '2' : '1') + id.substring(i + 1);
            assertThat(ids.issuedAtMillis("acme", changed)).as(changed).isEmpty();
        }
    }

    @Test
    void idsOfTheEarlierSecretAreStillKnownAndOlderOnesAreNot() {
        RequestIds before = new RequestIds(List.of(EARLIER));
        String old = before.issue("acme", NOON);
        assertThat(ids.issuedAtMillis("acme", old)).hasValue(NOON);
        assertThat(new RequestIds(List.of(CURRENT)).issuedAtMillis("acme", old)).isEmpty();
    }

    @Test
    void idsSortByTheirTimeAndWithinIt() {
        List<String> issued = new ArrayList<>();
        for (long millis = NOON; millis < NOON + 100; millis++) {
            issued.add(ids.issue("acme", millis));
            issued.add(ids.issue("acme", millis));
        }
        assertThat(issued).isSorted().doesNotHaveDuplicates();
        assertThat(RequestIds.lowerBound(NOON + 50))
                .isGreaterThan(issued.get(99))
                .isLessThan(issued.get(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "req_", "req_01KADN8000ABCDEFGHJKMNPQRS", "REQ_1", "../x", "req_\u0000"})
    void whatHasNotTheFormOfAnIdIsUnknown(String text) {
        assertThat(ids.issuedAtMillis("acme", text)).isEmpty();
    }
}
