package io.sluice.local.notebooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;

/**
 * A query over a stream that has no end. It is stopped, with everything that is under way brought
 * to its end, when all that was on the stream has been read: no table is being scanned, no shard is
 * behind, and nothing has moved for a second and a half. A query over tables alone ends by itself.
 */
final class LiveQuery {
    private static final long LOOK_MILLIS = 250;

    /** More than a few times what the source waits between two looks at a shard, 200 ms. */
    private static final int QUIET_LOOKS = 6;

    /** How long a job whose stop went wrong may take to tell that it has ended all the same. */
    private static final long LAST_WORD_SECONDS = 10;

    private static final String NOT_BEGUN =
            CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING.message();

    private final TableResult result;
    private final JobClient job;
    private final CompletableFuture<JobExecutionResult> ended;
    private final Path scratch;
    private volatile boolean complete = true;

    /**
     * @param scratch a folder for the state that the stop leaves behind, which nobody needs
     */
    LiveQuery(TableResult result, Path scratch) {
        this.result = result;
        this.job = result.getJobClient().orElseThrow();
        this.ended = job.getJobExecutionResult();
        this.scratch = scratch;
    }

    /** Runs it for at most so long and tells what it came to. */
    @SuppressWarnings("try") // Interrupted while it closes is interrupted.
    ResultTable run(String title, Duration most) throws Exception {
        List<String> columns = result.getResolvedSchema().getColumnNames();
        Changelog changes = new Changelog();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> stopAtTheEnd(most));
        try (CloseableIterator<Row> rows = result.collect()) {
            while (rows.hasNext()) {
                changes.apply(rows.next());
            }
        }
        stop.join();
        ended.get();
        return new ResultTable(title, columns, changes.rows(), complete);
    }

    private void stopAtTheEnd(Duration most) {
        long untilNanos = System.nanoTime() + most.toNanos();
        try {
            do {
                complete = awaitTheEnd(untilNanos);
            } while (!ended.isDone() && !stopped());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // Its cluster may have gone with it before the stop was answered. If not, nobody waits
            // for what does not come.
            if (!endsSoon()) {
                job.cancel().join();
                throw new CompletionException("the query cannot be stopped in order", e);
            }
        }
    }

    /** False if a part of the query has not begun yet: what it reads is still to come. */
    private boolean stopped() throws InterruptedException, ExecutionException {
        try {
            job.stopWithSavepoint(true, scratch.toString(), SavepointFormatType.NATIVE).get();
            return true;
        } catch (ExecutionException e) {
            if (complete && ExceptionUtils.findThrowableWithMessage(e, NOT_BEGUN).isPresent()) {
                return false;
            }
            throw e;
        }
    }

    private boolean endsSoon() {
        try {
            ended.get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // Whoever waits for its end hears why.
        }
    }

    /** Whether it came to its end, or to the end of the stream, before that time. */
    private boolean awaitTheEnd(long untilNanos) throws InterruptedException {
        long moved = -1;
        int quiet = 0;
        while (quiet < QUIET_LOOKS && !ended.isDone()) {
            if (System.nanoTime() - untilNanos > 0) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
            long now = ReadingProgress.moved();
            quiet = ReadingProgress.atTheEnd() && now == moved ? quiet + 1 : 0;
            moved = now;
        }
        return true;
    }
}
