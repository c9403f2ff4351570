package io.sluice.local.replay;

import io.sluice.sinks.verify.ArchiveFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.flink.api.common.BatchShuffleMode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * The bounded job: files are read, runs of records are brought to their tenants and sorted by
 * number there (on disk if they are many), and each tenant is folded by one subtask. What it holds
 * in memory is one tenant for each subtask, and Flink's buffers.
 */
final class FoldJob {
    private static final long POLL_MILLIS = 300;

    private final List<Path> files = new ArrayList<>();
    private final @Nullable String tenantId;
    private final int parallelism;
    private final Path scratch;
    private boolean streamed;

    /**
     * Over an archive; one that is not there has no records.
     *
     * @param tenantId whose records; null for everyone's
     * @param toMillis records that arrived later are left out
     * @param scratch a folder for files that are worthless afterwards
     */
    FoldJob(
            @Nullable ArchiveFolder archive,
            @Nullable String tenantId,
            long toMillis,
            int parallelism,
            Path scratch)
            throws IOException {
        this.tenantId = tenantId;
        this.parallelism = parallelism;
        this.scratch = scratch;
        if (archive != null) {
            archive.recordFilesUntil(toMillis).forEach(name -> files.add(archive.path(name)));
        }
    }

    /**
     * Adds what a stream of audit records retained: files with a record in each line.
     *
     * @param folder of these files
     */
    void addStream(Path folder) throws IOException {
        streamed = true;
        try (Stream<Path> lines = Files.list(folder)) {
            lines.filter(path -> path.toString().endsWith(RecordFile.LINES))
                    .sorted()
                    .forEach(files::add);
        }
    }

    /** Passes over what comes again in this history, if that may be. */
    Repeats repeats() {
        return new Repeats(streamed);
    }

    /** The files that are read; runs name them by their place. */
    List<Path> files() {
        return List.copyOf(files);
    }

    /** Folds every tenant; gives what comes of it, in no order. */
    <R> void run(
            String title,
            Excerpt excerpt,
            TenantFold<R> fold,
            TypeInformation<R> type,
            Consumer<R> results)
            throws Exception {
        if (files.isEmpty()) {
            return;
        }
        StreamExecutionEnvironment env = environment();
        try {
            collect(title, env, folded(env, excerpt, fold, type), results);
        } finally {
            env.close();
        }
    }

    private <R> DataStream<R> folded(
            StreamExecutionEnvironment env,
            Excerpt excerpt,
            TenantFold<R> fold,
            TypeInformation<R> type) {
        return env.fromSequence(0, files.size() - 1L)
                .uid("file-numbers")
                .flatMap(new ReadFiles(files, tenantId, excerpt))
                .returns(Run.TYPE)
                .uid("read-files")
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple4<String, Long, Integer, byte[]>>noWatermarks()
                                .withTimestampAssigner((run, none) -> run.f1))
                .uid("order-by-seq")
                .keyBy(run -> run.f0, Types.STRING)
                .process(fold)
                .returns(type)
                .uid("fold-by-tenant");
    }

    private <R> void collect(
            String title, StreamExecutionEnvironment env, DataStream<R> folded, Consumer<R> results)
            throws Exception {
        CloseableIterator<R> collected = folded.collectAsync();
        JobClient job = env.executeAsync(title);
        try {
            Thread bar = new Thread(() -> show(title, job), "progress");
            bar.setDaemon(true);
            bar.start();
            collected.forEachRemaining(results);
            job.getJobExecutionResult().get();
            bar.interrupt();
            bar.join();
        } finally {
            collected.close();
        }
    }

    private StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        // Runs go straight to the sort: the scheduler that is usual for batches would write them
        // down
        // between the stages first.
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
        configuration.set(
                ExecutionOptions.BATCH_SHUFFLE_MODE, BatchShuffleMode.ALL_EXCHANGES_PIPELINED);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(CoreOptions.TMP_DIRS, scratch.toString());
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                MemorySize.ofMebiBytes(64L * (parallelism + 1)));
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    }

    private void show(String title, JobClient job) {
        try (ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName(title)
                        .setInitialMax(files.size())
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(250)
                        .build()) {
            while (!Thread.interrupted()) {
                Map<String, Object> counted = job.getAccumulators().get();
                bar.stepTo((long) counted.getOrDefault(ReadFiles.FILES, 0L));
                bar.setExtraMessage(counted.getOrDefault(ReadFiles.RECORDS, 0L) + " records");
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException | ExecutionException e) {
            // The job has ended: nothing more to show.
        }
    }
}
