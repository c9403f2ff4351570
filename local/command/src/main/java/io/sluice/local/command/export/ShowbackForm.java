package io.sluice.local.command.export;

import io.sluice.contract.Names;
import io.sluice.contract.UsageItem;
import java.time.YearMonth;
import java.util.List;

/** The columns of a showback file. */
interface ShowbackForm {
    /** The names of the columns. */
    List<String> header();

    /** Whether a row belongs into the file. */
    boolean takes(UsageItem row);

    /** A usage row of a day. */
    List<String> cells(UsageItem row);

    /** The form of that name, for a month. */
    static ShowbackForm of(ShowbackFormat format, YearMonth month) {
        return format == ShowbackFormat.FOCUS ? new FocusForm(month) : new PlainForm();
    }

    /** A label, or nothing if there is none. */
    static String label(String value) {
        return value.equals(Names.NO_LABEL) ? "" : CsvLines.text(value);
    }
}
