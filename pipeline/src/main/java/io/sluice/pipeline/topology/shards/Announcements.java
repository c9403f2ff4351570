package io.sluice.pipeline.topology.shards;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.runtime.taskexecutor.GlobalAggregateManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the subtasks of one attempt tell each other through the job manager: which shards have ended
 * for good. A parent and its child may be read by different subtasks. Not thread-safe.
 */
final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final GlobalAggregateManager manager;
    private final String name;
    private Set<String> told = Set.of();

    /**
     * @param attempt number of this run of the tasks: what an earlier run told counts for nothing,
     *     because a restore may have gone back behind it
     */
    Announcements(GlobalAggregateManager manager, String stream, int attempt) {
        this.manager = manager;
        this.name = "ended-shards-of-" + stream + "-attempt-" + attempt;
    }

    /**
     * Tells what is new and learns what all told.
     *
     * @param mine shards of this subtask that have ended for good
     * @param curious whether somebody waits for others' shards
     * @return all that have ended for good as far as is known; what cannot be learned now is
     *     learned at the next call
     */
    Set<String> exchange(Set<String> mine, boolean curious) {
        if (!curious && told.equals(mine)) {
            return mine;
        }
        try {
            Set<String> all =
                    manager.updateGlobalAggregate(name, new HashSet<>(mine), new UnionOfIds());
            told = mine;
            return all;
        } catch (IOException e) {
            LOG.warn("Other subtasks' shards cannot be learned now, asking again: {}", name, e);
            return mine;
        }
    }
}
