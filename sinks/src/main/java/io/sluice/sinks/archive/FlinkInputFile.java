package io.sluice.sinks.archive;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Reads Parquet through Flink's own file systems. */
final class FlinkInputFile implements InputFile {
    private final FileSystem files;
    private final Path path;

    FlinkInputFile(FileSystem files, Path path) {
        this.files = files;
        this.path = path;
    }

    @Override
    public long getLength() throws IOException {
        return files.getFileStatus(path).getLen();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new Seekable(files.open(path));
    }

    private static final class Seekable extends DelegatingSeekableInputStream {
        private final FSDataInputStream in;

        private Seekable(FSDataInputStream in) {
            super(in);
            this.in = in;
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }
    }
}
