package io.sluice.local.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/** The files that a checkpoint's metadata refers to. */
final class StateFiles {
    private final List<StreamStateHandle> handles = new ArrayList<>();

    private StateFiles() {}

    /** All file handles of a checkpoint, in no particular order. */
    static StateFiles of(CheckpointMetadata metadata) throws IOException {
        StateFiles files = new StateFiles();
        for (OperatorState operator : metadata.getOperatorStates()) {
            if (operator.getCoordinatorState() != null) {
                files.handles.add(operator.getCoordinatorState());
            }
            for (OperatorSubtaskState subtask : operator.getStates()) {
                files.add(subtask);
            }
        }
        return files;
    }

    /**
     * Checks that every file is there and at least as long as it was written.
     *
     * @throws IOException naming the first file that is not
     */
    void requirePresent() throws IOException {
        for (StreamStateHandle handle : handles) {
            if (handle instanceof FileStateHandle) {
                Path file = Path.of(((FileStateHandle) handle).getFilePath().toUri().getPath());
                if (!Files.isRegularFile(file)) {
                    throw new IOException("it refers to " + file + ", which does not exist");
                }
                if (Files.size(file) < handle.getStateSize()) {
                    throw new IOException(
                            String.format(
                                    "it refers to %s, which has %d bytes instead of %d",
                                    file, Files.size(file), handle.getStateSize()));
                }
            }
        }
    }

    private void add(OperatorSubtaskState subtask) throws IOException {
        for (OperatorStateHandle state : subtask.getManagedOperatorState()) {
            handles.add(state.getDelegateStateHandle());
        }
        for (OperatorStateHandle state : subtask.getRawOperatorState()) {
            handles.add(state.getDelegateStateHandle());
        }
        for (KeyedStateHandle state : subtask.getManagedKeyedState()) {
            add(state);
        }
        for (KeyedStateHandle state : subtask.getRawKeyedState()) {
            add(state);
        }
        subtask.getInputChannelState().forEach(state -> handles.add(state.getDelegate()));
        subtask.getResultSubpartitionState().forEach(state -> handles.add(state.getDelegate()));
    }

    private void add(KeyedStateHandle state) throws IOException {
        if (state instanceof IncrementalRemoteKeyedStateHandle) {
            IncrementalRemoteKeyedStateHandle incremental =
                    (IncrementalRemoteKeyedStateHandle) state;
            handles.add(incremental.getMetaDataStateHandle());
            incremental.getSharedState().stream()
                    .map(HandleAndLocalPath::getHandle)
                    .forEach(handles::add);
            incremental.getPrivateState().stream()
                    .map(HandleAndLocalPath::getHandle)
                    .forEach(handles::add);
        } else if (state instanceof KeyGroupsStateHandle) {
            handles.add(((KeyGroupsStateHandle) state).getDelegateStateHandle());
        } else {
            throw new IOException(
                    "its keyed state is a "
                            + state.getClass().getSimpleName()
                            + ", which this build cannot check");
        }
    }
}
