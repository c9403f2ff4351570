package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms are filled with what is given, or with their defaults, and cannot carry SQL in. */
class FormsTest {
    @Test
    void formTakesItsValueOrItsDefault() {
        assertThat(Forms.filled("'${a=x}' ${b=1} ${a=x}", Map.of("a", "y-1")))
                .isEqualTo("'y-1' 1 y-1");
        assertThat(Forms.filled("${a=https://h}", Map.of("a", "http://h:1/p")))
                .isEqualTo("http://h:1/p");
        assertThat(Forms.filled("'${a=s3://bucket/p}'", Map.of("a", "file:///d%20e/audit/")))
                .isEqualTo("'file:///d%20e/audit/'");
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
    void valueHasTheShapeOfTheDefault() {
        for (String value : new String[] {"abc", "0", "-1", "1.5", "", "9999999999"}) {
            assertThatThrownBy(() -> Forms.filled("${m=60}", Map.of("m", value)))
                    .isInstanceOf(MalformedNoteException.class)
                    .hasMessage(
                            "m: seen '%s', expected a whole number from 1 to 999999999, such as 60."
                                    + " Give it as --set m=VALUE, or leave it out for the default",
                            value);
        }
        assertThatThrownBy(() -> Forms.filled("${d=2026-11-01}", Map.of("d", "2026-13-01")))
                .hasMessageContaining("expected a date");
        for (String value : new String[] {"ftp://h", "https://h--x", "https://h/a--b"}) {
            assertThatThrownBy(() -> Forms.filled("${k=https://h}", Map.of("k", value)))
                    .hasMessageContaining("expected an address");
        }
        for (String value :
                new String[] {"https://h", "s3://b/a--b", "file:///a b", "/data", "s3://b/'"}) {
            assertThatThrownBy(() -> Forms.filled("${f=s3://bucket/p}", Map.of("f", value)))
                    .hasMessageContaining("expected a folder's address");
        }
        assertThatThrownBy(() -> Forms.filled("${s=events}", Map.of("s", "x y")))
                .hasMessageContaining("expected a name");
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
