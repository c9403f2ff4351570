package io.sluice.ingress.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A stream whose calls wait until the test says how they end. */
final class ScriptedStream implements PutRecords {
    /** A call that was made. */
    static final class Call {
        final List<StreamRecord> records;
        final CompletableFuture<List<String>> answer = new CompletableFuture<>();

        Call(List<StreamRecord> records) {
            this.records = records;
        }

        /** All records are stored. */
        void succeed() {
            answer.complete(Collections.nCopies(records.size(), null));
        }

        /** The records at these places are not stored. */
        void failAt(Integer... places) {
            List<String> codes = new ArrayList<>(Collections.nCopies(records.size(), null));
            for (int place : places) {
                codes.set(place, "ProvisionedThroughputExceededException");
            }
            answer.complete(codes);
        }

        List<String> keys() {
            return records.stream().map(StreamRecord::partitionKey).toList();
        }
    }

    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    List<Call> calls() {
        return List.copyOf(calls);
    }

    Call call(int index) {
        return calls.get(index);
    }

    @Override
    public CompletableFuture<List<String>> put(List<StreamRecord> records) {
        Call call = new Call(records);
        calls.add(call);
        return call.answer;
    }

    @Override
    public boolean isTransient(Throwable failure) {
        return !(failure instanceof IllegalArgumentException);
    }
}
