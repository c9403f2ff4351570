package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SessionKeyTest {
    @Test
    void spellingIsTheEngines() {
        assertThat(SessionKey.of("u1", "s1").text()).isEqualTo("session:u1/s1");
        assertThat(SessionKey.of(null, "s1").text()).isEqualTo("session:/s1");
    }

    @Test
    void labelsWithTheSameLettersInAnotherPlaceAreOtherConversations() {
        assertThat(SessionKey.of("a:b", "c").text()).isNotEqualTo(SessionKey.of("a", "b:c").text());
        assertThat(SessionKey.of("a", "b").text()).isNotEqualTo(SessionKey.of(null, "a:b").text());
    }

    @Property
    void everyPairIsReadBackFromItsSpellingSoNoTwoShareOne(
            @ForAll("users") String user, @ForAll("labels") String session) {
        SessionKey key = SessionKey.of(user.isEmpty() ? null : user, session);
        assertThat(SessionKey.parse(key.text())).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @Test
    void whatIsNoKeyIsRefusedByName() {
        assertThatThrownBy(() -> SessionKey.parse("s1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seen 's1', expected session:{user_id}/{session}");
        assertThatThrownBy(() -> SessionKey.parse("session:s1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings().withChars("aZ0._:@-").ofMinLength(1).ofMaxLength(64);
    }

    @Provide
    Arbitrary<String> users() {
        return Arbitraries.oneOf(Arbitraries.just(""), labels());
    }
}
