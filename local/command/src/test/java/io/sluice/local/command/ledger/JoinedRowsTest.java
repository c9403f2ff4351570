package io.sluice.local.command.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JoinedRowsTest {
    private record Row(String key, int version) {}

    @Test
    void everyKeyOfTwoTablesComesOnceInOrderAndTheNewerRowCounts() {
        Random random = new Random(4711);
        for (int run = 0; run < 500; run++) {
            SortedMap<String, Row> one = rows(random);
            SortedMap<String, Row> other = rows(random);
            SortedMap<String, Row> expected = new TreeMap<>(one);
            other.forEach((key, row) -> expected.merge(key, row, JoinedRowsTest::newer));
            List<Row> joined = new ArrayList<>();
            new JoinedRows<>(
                            one.values().iterator(),
                            other.values().iterator(),
                            Row::key,
                            JoinedRowsTest::newer)
                    .forEachRemaining(joined::add);
            assertThat(joined).as("run " + run).containsExactlyElementsOf(expected.values());
        }
    }

    private static SortedMap<String, Row> rows(Random random) {
        SortedMap<String, Row> rows = new TreeMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            String key = "key-" + random.nextInt(9);
            rows.put(key, new Row(key, random.nextInt(100)));
        }
        return rows;
    }

    private static Row newer(Row one, Row other) {
        return one.version() > other.version() ? one : other;
    }
}
