package io.sluice.pipeline.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Names;
import org.junit.jupiter.api.Test;

class LabelBookTest {
    private static final long DAY = 86_400_000;
    private static final long MIDNIGHT = 20_000 * DAY;

    private final LabelBook book = new LabelBook(MIDNIGHT);

    @Test
    void theHundredthLabelIsKeptApartAndTheNextIsNot() {
        fillEndpoints();
        assertThat(endpoint("e99", MIDNIGHT)).isEqualTo("e99");
        assertThat(endpoint("e100", MIDNIGHT)).isEqualTo(LabelBook.OTHER);
        assertThat(endpoint("e0", MIDNIGHT)).as("a known one stays known").isEqualTo("e0");
        assertThat(book.seen().get(0)).hasSize(100);
    }

    @Test
    void dimensionsAreCountedApart() {
        fillEndpoints();
        Dimensions labels = book.admit(new Dimensions("m", "e100", "agent", "center"), MIDNIGHT);
        assertThat(labels.model()).isEqualTo("m");
        assertThat(labels.endpoint()).isEqualTo(LabelBook.OTHER);
        assertThat(labels.agentId()).isEqualTo("agent");
        assertThat(labels.costCenter()).isEqualTo("center");
    }

    @Test
    void noLabelAndOtherTakeNoPlace() {
        book.admit(new Dimensions("m", LabelBook.OTHER, Names.NO_LABEL, Names.NO_LABEL), MIDNIGHT);
        assertThat(book.seen()).allMatch(labels -> labels.isEmpty());
        fillEndpoints();
        assertThat(endpoint(Names.NO_LABEL, MIDNIGHT)).isEqualTo(Names.NO_LABEL);
    }

    @Test
    void aNewDayStartsAnEmptyBook() {
        fillEndpoints();
        assertThat(endpoint("e100", MIDNIGHT + DAY - 1)).isEqualTo(LabelBook.OTHER);
        assertThat(endpoint("e100", MIDNIGHT + DAY)).isEqualTo("e100");
        assertThat(book.dayStartMillis()).isEqualTo(MIDNIGHT + DAY);
        assertThat(book.seen().get(0)).containsExactly("e100");
    }

    @Test
    void theDayBeforeIsKeptApartAndDaysBeforeThatAreFolded() {
        fillEndpoints();
        endpoint("next", MIDNIGHT + DAY);
        assertThat(endpoint("e0", MIDNIGHT)).isEqualTo("e0");
        assertThat(endpoint("e100", MIDNIGHT)).isEqualTo(LabelBook.OTHER);
        assertThat(book.dayStartMillis()).isEqualTo(MIDNIGHT + DAY);
        assertThat(book.before().get(0)).hasSize(100);
        assertThat(endpoint("next", MIDNIGHT - 1)).isEqualTo(LabelBook.OTHER);
        assertThat(endpoint(Names.NO_LABEL, MIDNIGHT - 1)).isEqualTo(Names.NO_LABEL);
        assertThat(endpoint("last", MIDNIGHT + 3 * DAY)).isEqualTo("last");
        assertThat(book.before()).as("a day was left out").allMatch(labels -> labels.isEmpty());
    }

    private void fillEndpoints() {
        for (int i = 0; i < LabelBook.MOST; i++) {
            assertThat(endpoint("e" + i, MIDNIGHT)).isEqualTo("e" + i);
        }
    }

    private String endpoint(String label, long atMillis) {
        return book.admit(new Dimensions("m", label, Names.NO_LABEL, Names.NO_LABEL), atMillis)
                .endpoint();
    }
}
