package io.sluice.local.job;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.OperatorID;

/** Whether stored state belongs to a job: by its operators and their key groups. */
final class StateLayout {
    private StateLayout() {}

    /**
     * Checks that every operator with state is one of the job's, with as many key groups. What the
     * state of an operator looks like inside is checked by Flink when it is read.
     *
     * @param mayLeaveOut whether state of operators that the job has not may be left out
     * @throws UnusableStateException when it is the state of another job or layout
     */
    static void requireFits(
            Path directory, CheckpointMetadata metadata, JobGraph graph, boolean mayLeaveOut)
            throws UnusableStateException {
        Map<OperatorID, JobVertex> known = new HashMap<>();
        for (JobVertex vertex : graph.getVertices()) {
            for (OperatorIDPair id : vertex.getOperatorIDs()) {
                known.put(
                        id.getUserDefinedOperatorID().orElse(id.getGeneratedOperatorID()), vertex);
                known.put(id.getGeneratedOperatorID(), vertex);
            }
        }
        List<OperatorState> unknown =
                metadata.getOperatorStates().stream()
                        .filter(StateLayout::hasState)
                        .filter(operator -> !known.containsKey(operator.getOperatorID()))
                        .toList();
        if (!unknown.isEmpty() && !mayLeaveOut) {
            throw new UnusableStateException(
                    String.format(
                            "%s has state of %d operators, and this job has no operator for %d of"
                                    + " them (the first: %s). It was written by another job or"
                                    + " layout: start the version that wrote it, or choose"
                                    + " another savepoint.",
                            directory,
                            metadata.getOperatorStates().size(),
                            unknown.size(),
                            unknown.get(0).getOperatorID()));
        }
        for (OperatorState operator : metadata.getOperatorStates()) {
            JobVertex vertex = known.get(operator.getOperatorID());
            if (vertex != null
                    && vertex.getMaxParallelism() > 0 // otherwise the state's is taken over
                    && vertex.getMaxParallelism() != operator.getMaxParallelism()) {
                throw new UnusableStateException(
                        String.format(
                                "%s has state in %d key groups, and this job has %d: they cannot"
                                        + " be changed. Start the version that wrote it, or"
                                        + " choose another savepoint.",
                                directory,
                                operator.getMaxParallelism(),
                                vertex.getMaxParallelism()));
            }
        }
    }

    private static boolean hasState(OperatorState operator) {
        return operator.getCoordinatorState() != null
                || operator.getStates().stream().anyMatch(state -> state.hasState());
    }
}
