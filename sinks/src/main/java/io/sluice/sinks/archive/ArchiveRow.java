package io.sluice.sinks.archive;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** The values of the row that was read last. */
final class ArchiveRow {
    private final Binary[] texts = new Binary[ArchiveColumns.RECORD + 1];
    private final String[] words = new String[ArchiveColumns.RECORD + 1];
    private final long[] numbers = new long[ArchiveColumns.RECORD + 1];

    /** The text of a column of few values, which are made once for each row group. */
    String word(int column) {
        return words[column];
    }

    String text(int column) {
        return new String(bytes(column), StandardCharsets.ISO_8859_1);
    }

    byte[] bytes(int column) {
        return texts[column].getBytes();
    }

    long number(int column) {
        return numbers[column];
    }

    /** Fills one row again and again. */
    static final class Materializer extends RecordMaterializer<ArchiveRow> {
        private final ArchiveRow row = new ArchiveRow();
        private final GroupConverter root = new Root(row);

        @Override
        public ArchiveRow getCurrentRecord() {
            return row;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }

    private static final class Root extends GroupConverter {
        private final Converter[] columns = new Converter[ArchiveColumns.RECORD + 1];

        private Root(ArchiveRow row) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] =
                        i == ArchiveColumns.TENANT || i == ArchiveColumns.KIND
                                ? new Words(row, i)
                                : new Column(row, i);
            }
        }

        @Override
        public Converter getConverter(int column) {
            return columns[column];
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }

    private static final class Column extends PrimitiveConverter {
        private final ArchiveRow row;
        private final int column;

        private Column(ArchiveRow row, int column) {
            this.row = row;
            this.column = column;
        }

        @Override
        public void addBinary(Binary value) {
            row.texts[column] = value;
        }

        @Override
        public void addLong(long value) {
            row.numbers[column] = value;
        }
    }

    /** Texts that come again and again, and so from a page's dictionary. */
    private static final class Words extends PrimitiveConverter {
        private final ArchiveRow row;
        private final int column;
        private String[] words = {};

        private Words(ArchiveRow row, int column) {
            this.row = row;
            this.column = column;
        }

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            words = new String[dictionary.getMaxId() + 1];
            for (int i = 0; i < words.length; i++) {
                words[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            row.words[column] = words[id];
        }

        @Override
        public void addBinary(Binary value) {
            row.words[column] = value.toStringUsingUTF8();
        }
    }
}
