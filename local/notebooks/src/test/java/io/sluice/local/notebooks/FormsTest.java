package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms are filled with what is given, or with their defaults, and cannot carry SQL in. */
class FormsTest {
    @Test
    void formTakesItsValueOrItsDefault() {
        assertThat(Forms.filled("'${a=x}' ${b=1} ${a=x}", Map.of("a", "http://h:1/p")))
                .isEqualTo("'http://h:1/p' 1 http://h:1/p");
        assertThat(Forms.defaults("'${a=x}' ${b=1} ${a=x}"))
                .containsExactly(Map.entry("a", "x"), Map.entry("b", "1"));
    }

    @Test
    void valueCannotLeaveItsQuotes() {
        for (String value : new String[] {"' OR 1=1", "x;y", "x--y", "/*", "a\nb", "`"}) {
            assertThatThrownBy(() -> Forms.filled("'${a=x}'", Map.of("a", value)))
                    .isInstanceOf(MalformedNoteException.class)
                    .hasMessageContaining("a: seen");
        }
    }

    @Test
    void formOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> Forms.filled("${a=x,x|y}", Map.of()))
                .hasMessageContaining("${a=x,x|y}");
        assertThatThrownBy(() -> Forms.defaults("${a=x} ${a=y}"))
                .hasMessageContaining("two defaults");
    }

    @Test
    void scriptIsSplitOutsideOfQuotesAndComments() {
        assertThat(SqlScript.statements("A 'x;--y' `;` -- c; 'd\nB;\n\n C \"; \" ; -- end"))
                .containsExactly("A 'x;--y' `;` \nB", "C \"; \"");
    }
}
