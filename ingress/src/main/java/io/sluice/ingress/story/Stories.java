package io.sluice.ingress.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.sinks.archive.ArchiveReading;
import io.sluice.sinks.story.SearchStoppedException;
import io.sluice.sinks.story.Story;
import io.sluice.sinks.story.StorySearch;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for stories in the archive, on threads of its own: two at a time, one for each caller, a
 * few waiting, none longer than {@link #PATIENCE}. Thread-safe, never blocks who calls.
 */
@Singleton
final class Stories {
    /** Above it, a search ends; then there is more to read than an HTTP call should. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A request of which nothing is archived after so long is not there. */
    static final Duration SURELY_ARCHIVED = Duration.ofHours(1);

    private static final String NOT_YET =
            "No record of this request is archived yet. Records are archived when the job's next"
                    + " checkpoint is complete: look again in a moment.";
    private static final Logger LOG = LoggerFactory.getLogger(Stories.class);
    private static final int AT_A_TIME = 2;
    private static final int WAITING = 8;

    private final @Nullable ArchiveReading archive;
    private final InstantSource time;
    private final Executor threads;
    private final Set<String> callers = ConcurrentHashMap.newKeySet();

    @Inject
    Stories(ArchivePlace.Archive archive, InstantSource time) {
        this(archive.reading(), time, pool());
    }

    /**
     * In that archive.
     *
     * @param archive null if none is set
     * @param threads where it is read; may refuse
     */
    Stories(@Nullable ArchiveReading archive, InstantSource time, Executor threads) {
        this.archive = archive;
        this.time = time;
        this.threads = threads;
    }

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        AT_A_TIME,
                        AT_A_TIME,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        work -> {
                            Thread thread = new Thread(work, "sluice-stories");
                            thread.setDaemon(true);
                            return thread;
                        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * The story of a request, without a step if none is archived yet. Fails with a problem if it
     * cannot be told.
     *
     * @param caller who asks, one story at a time
     * @param tenantId whose request it must be; null if whoever's
     * @param madeAtMillis when its id was made, epoch milliseconds
     */
    CompletableFuture<ObjectNode> of(
            String caller, String requestId, @Nullable String tenantId, long madeAtMillis) {
        if (archive == null) {
            return CompletableFuture.failedFuture(StoryProblems.noArchive());
        }
        if (!callers.add(caller)) {
            return CompletableFuture.failedFuture(StoryProblems.busy());
        }
        ArchiveReading reading = archive;
        CompletableFuture<ObjectNode> answer;
        try {
            answer =
                    CompletableFuture.supplyAsync(
                            () -> told(reading, requestId, tenantId, madeAtMillis), threads);
        } catch (RejectedExecutionException e) {
            answer = CompletableFuture.failedFuture(StoryProblems.busy());
        }
        return answer.whenComplete((told, failure) -> callers.remove(caller));
    }

    private ObjectNode told(
            ArchiveReading reading, String requestId, @Nullable String tenantId, long madeAt) {
        long until = time.millis() + PATIENCE.toMillis();
        StorySearch search =
                new StorySearch(reading, requestId, tenantId, () -> time.millis() > until);
        try {
            ObjectNode story =
                    search.from(madeAt)
                            .map(Story::json)
                            .orElseGet(() -> missing(requestId, tenantId, madeAt));
            return story.put(
                    "searched_to", Instant.ofEpochMilli(search.searchedToMillis()).toString());
        } catch (SearchStoppedException e) {
            LOG.warn("no story of {}: {}", requestId, e.getMessage());
            throw StoryProblems.tooMuch(PATIENCE.toSeconds());
        } catch (IOException e) {
            LOG.warn("no story of {}: {}", requestId, e.getMessage());
            throw StoryProblems.unreadable();
        }
    }

    /** A story without a step yet; a problem if there will be none. */
    private ObjectNode missing(String requestId, @Nullable String tenantId, long madeAtMillis) {
        if (time.millis() - madeAtMillis >= SURELY_ARCHIVED.toMillis()) {
            throw StoryProblems.notArchived();
        }
        ObjectNode story =
                Json.object()
                        .put("request_id", requestId)
                        .put("ended", false)
                        .put("detail", NOT_YET);
        if (tenantId != null) {
            story.put("tenant_id", tenantId);
        }
        story.putArray("steps");
        return story;
    }

    @PreDestroy
    void close() {
        if (threads instanceof ThreadPoolExecutor pool) {
            pool.shutdownNow();
        }
    }
}
