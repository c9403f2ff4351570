package io.sluice.local.replay;

import io.sluice.contract.audit.RecordedInput;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Puts the records of one tenant's runs in the order of their numbers. Runs come in the order of
 * their first numbers; those that overlap, because records are there more than once, are merged.
 * What it holds are the runs that overlap.
 */
final class OrderedRuns {
    /** Takes records in their order. */
    interface Records {
        /**
         * Takes the next one.
         *
         * @param file the number of the file that it is from
         */
        void next(RecordedInput record, int file);
    }

    private final PriorityQueue<Run.Reader> open =
            new PriorityQueue<>(Comparator.comparingLong(Run.Reader::seq));
    private final Records records;

    OrderedRuns(Records records) {
        this.records = records;
    }

    void add(Run.Reader run) {
        passOn(run.seq());
        open.add(run);
    }

    /** Passes on what is left. */
    void end() {
        passOn(Long.MAX_VALUE);
    }

    private void passOn(long before) {
        Run.Reader first = open.peek();
        while (first != null && first.seq() < before) {
            open.remove();
            Run.Reader second = open.peek();
            long until = second == null ? before : Math.min(before, second.seq() + 1);
            while (first.hasNext() && first.seq() < until) {
                records.next(first.next(), first.file());
            }
            if (first.hasNext()) {
                open.add(first);
            }
            first = open.peek();
        }
    }
}
