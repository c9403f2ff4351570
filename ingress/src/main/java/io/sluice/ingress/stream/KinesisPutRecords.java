package io.sluice.ingress.stream;

import io.micronaut.context.annotation.Property;
import io.sluice.contract.Names;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** {@code PutRecords} of Kinesis, on threads of its own: one per call in flight. */
@Singleton
final class KinesisPutRecords implements PutRecords {
    private final KinesisClient client;
    private final String stream;
    private final ExecutorService threads;

    KinesisPutRecords(
            KinesisClient client,
            WriterSettings settings,
            @Property(name = "sluice.stream.name", defaultValue = Names.EVENTS_STREAM)
                    String stream) {
        this.client = client;
        this.stream = stream;
        this.threads =
                Executors.newFixedThreadPool(settings.callsInFlight(), KinesisPutRecords::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "put-records");
        thread.setDaemon(true);
        return thread;
    }

    /** Calls under way may fail. */
    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    @Override
    public CompletableFuture<List<@Nullable String>> put(List<StreamRecord> records) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>(records.size());
        for (StreamRecord record : records) {
            entries.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey(record.partitionKey())
                            .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                            .build());
        }
        return CompletableFuture.supplyAsync(
                () -> errorCodes(client.putRecords(b -> b.streamName(stream).records(entries))),
                threads);
    }

    private static List<@Nullable String> errorCodes(PutRecordsResponse response) {
        List<@Nullable String> codes = new ArrayList<>(response.records().size());
        response.records().forEach(r -> codes.add(r.errorCode()));
        return codes;
    }

    @Override
    public boolean isTransient(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof SdkServiceException refused) {
            return refused.statusCode() >= 500 || refused.isThrottlingException();
        }
        return cause instanceof SdkClientException;
    }
}
