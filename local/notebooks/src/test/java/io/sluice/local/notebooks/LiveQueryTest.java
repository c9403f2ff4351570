package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a query is stopped, told by a job that is none. */
class LiveQueryTest {
    private final Job job = new Job();

    @BeforeEach
    void streamIsReadToItsEnd() {
        ReadingProgress.begin();
        Gauge<Long> behind = () -> 0L;
        new ReadingProgress()
                .notifyOfAddedMetric(behind, "millisBehindLatest", new UnregisteredMetricsGroup());
    }

    @AfterEach
    void forget() {
        ReadingProgress.begin();
    }

    @Test
    void queryOfWhichAPartHasNotBegunIsStoppedLater() throws Exception {
        job.refusals = 1;
        ResultTable table = query().run("t", Duration.ofMinutes(5));
        assertThat(job.stops).hasValue(2);
        assertThat(table.complete()).isTrue();
        assertThat(table.rows()).containsExactly(List.of("only"));
    }

    @Test
    void queryWhoseTimeIsUpIsNotComplete() throws Exception {
        ResultTable table = query().run("t", Duration.ZERO);
        assertThat(job.stops).hasValue(1);
        assertThat(table.complete()).isFalse();
        assertThat(table.rows()).hasSize(1);
    }

    private LiveQuery query() {
        return new LiveQuery(new Result(job), Path.of("scratch"));
    }

    /** Has one row, and the end of its rows when its job has ended. */
    private record Result(Job job) implements TableResult {
        @Override
        public Optional<JobClient> getJobClient() {
            return Optional.of(job);
        }

        @Override
        public ResolvedSchema getResolvedSchema() {
            return ResolvedSchema.of(Column.physical("word", DataTypes.STRING()));
        }

        @Override
        public CloseableIterator<Row> collect() {
            Iterator<Row> rows = List.of(Row.of("only")).iterator();
            return CloseableIterator.adapterForIterator(
                    new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            if (!rows.hasNext()) {
                                job.ended.join();
                            }
                            return rows.hasNext();
                        }

                        @Override
                        public Row next() {
                            return rows.next();
                        }
                    });
        }

        @Override
        public ResultKind getResultKind() {
            return ResultKind.SUCCESS_WITH_CONTENT;
        }

        @Override
        public void await() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void await(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void print() {
            throw new UnsupportedOperationException();
        }
    }

    /** Refuses a few stops as Flink does while tasks start, then ends. */
    private static final class Job implements JobClient {
        private final CompletableFuture<JobExecutionResult> ended = new CompletableFuture<>();
        private final AtomicInteger stops = new AtomicInteger();
        private volatile int refusals;

        @Override
        public CompletableFuture<String> stopWithSavepoint(
                boolean drain, String folder, SavepointFormatType format) {
            if (stops.incrementAndGet() <= refusals) {
                return CompletableFuture.failedFuture(
                        new CheckpointException(
                                "not yet", CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING));
            }
            ended.complete(new JobExecutionResult(getJobID(), 1, Map.of()));
            return CompletableFuture.completedFuture(folder);
        }

        @Override
        public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
            return ended;
        }

        @Override
        public JobID getJobID() {
            return new JobID(1, 1);
        }

        @Override
        public CompletableFuture<JobStatus> getJobStatus() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> cancel() {
            ended.cancel(false);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<String> triggerSavepoint(
                String folder, SavepointFormatType format) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Map<String, Object>> getAccumulators() {
            throw new UnsupportedOperationException();
        }
    }
}
