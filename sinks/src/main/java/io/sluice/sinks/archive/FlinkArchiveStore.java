package io.sluice.sinks.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;

/** An archive on any of Flink's file systems that can write a file at once: local ones and S3. */
public final class FlinkArchiveStore implements ArchiveStore {
    private final Path root;
    private final FileSystem files;

    private FlinkArchiveStore(Path root, FileSystem files) {
        this.root = root;
        this.files = files;
    }

    /**
     * The archive in that folder.
     *
     * @param folder of any of Flink's file systems: {@code file:///…}, {@code s3://…}
     */
    public static FlinkArchiveStore at(String folder) throws IOException {
        Path root = new Path(folder);
        return new FlinkArchiveStore(root, root.getFileSystem());
    }

    private Path path(String name) {
        return name.isEmpty() ? root : new Path(root, name);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        FileStatus[] found;
        try {
            found = files.listStatus(path(folder));
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return found == null
                ? List.of()
                : Stream.of(found)
                        .map(file -> file.getPath().getName())
                        .sorted()
                        .collect(Collectors.toList());
    }

    @Override
    public InputStream read(String name) throws IOException {
        return files.open(path(name));
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        Path path = path(name);
        return ArchiveFile.open(new FlinkInputFile(files, path), path.toString());
    }

    @Override
    public boolean exists(String name) throws IOException {
        return files.exists(path(name));
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        Path path = path(name);
        try (RecoverableFsDataOutputStream out = files.createRecoverableWriter().open(path)) {
            out.write(content);
            out.closeForCommit().commit();
        }
    }

    @Override
    public void delete(String name) throws IOException {
        files.delete(path(name), false);
    }
}
