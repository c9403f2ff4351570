package io.sluice.pipeline.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.enforce.RequestIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {
    /** The example of the ULID specification: 01ARZ3NDEKTSV4RRFFQ69G5FAV, 2016-07-30. */
    private static final String ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    @Test
    void anIdIsTheBitsOfItsUlid() {
        RequestKey key = RequestKey.of("req_" + ULID + "check");
        assertThat(key.timeMillis()).isEqualTo(1_469_922_850_259L);
        assertThat(key.high()).isEqualTo(0x0156_3E3A_B5D3_D676L);
        assertThat(key.low()).isEqualTo(0x4C61_EFB9_9302_BD5BL);
    }

    @Test
    void theCheckIsNoPartOfTheKey() {
        assertThat(RequestKey.of("req_" + ULID + "abc"))
                .isEqualTo(RequestKey.of("req_" + ULID))
                .hasSameHashCodeAs(RequestKey.of("req_" + ULID + "xyz"));
    }

    @Test
    void theLargestUlidFits() {
        RequestKey key = RequestKey.of("req_7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        assertThat(key.timeMillis()).isEqualTo((1L << 48) - 1);
        assertThat(key.high()).isEqualTo(-1);
        assertThat(key.low()).isEqualTo(-1);
    }

    @Test
    void timesComeBackAsTheyWereIssued() {
        assertThat(RequestKey.of(RequestIds.of(1_790_078_400_123L, 5)).timeMillis())
                .isEqualTo(1_790_078_400_123L);
        assertThat(RequestKey.of(RequestIds.of(7, 5)))
                .isNotEqualTo(RequestKey.of(RequestIds.of(7, 6)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r1",
                "",
                "req_",
                "req_01ARZ3NDEKTSV4RRFFQ69G5FA",
                "req_8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
                "req_01ARZ3NDEKTSV4RRFFQ69G5FAI",
                "req_01arz3ndektsv4rrffq69g5fav",
                "req_01ARZ3NDEKTSV4RRFFQ69G5FA\u00e9",
                "REQ_01ARZ3NDEKTSV4RRFFQ69G5FAV"
            })
    void anythingElseIsAHashWithoutATime(String id) {
        RequestKey key = RequestKey.of(id);
        assertThat(key.timeMillis()).isZero();
        assertThat(key.low()).isNotZero();
        assertThat(key).isEqualTo(RequestKey.of(id)).isNotEqualTo(RequestKey.of(id + "x"));
    }

    @Test
    void keysAreEqualIfBothHalvesAre() {
        assertThat(new RequestKey(1, 2)).isNotEqualTo(new RequestKey(1, 3));
        assertThat(new RequestKey(1, 2)).isNotEqualTo(new RequestKey(3, 2));
        assertThat(new RequestKey(1, 2)).isNotEqualTo("1,2").hasToString("RequestKey{1,2}");
    }
}
