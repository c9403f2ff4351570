package io.sluice.pipeline.codec;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer whose every record starts with its length and layout version, so that later builds
 * can read what earlier ones wrote. Unknown versions and trailing bytes are refused.
 *
 * <p>Subclasses have no state, write the newest layout and list the versions they can read. Copies
 * go through the bytes unless the type is immutable.
 */
public abstract class VersionedSerializer<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1;

    private final int version;
    private final boolean immutable;

    /**
     * Writes layouts of {@code version} (1 to 127); {@code immutable} values are shared, not
     * copied.
     */
    protected VersionedSerializer(int version, boolean immutable) {
        this.version = version;
        this.immutable = immutable;
    }

    /** Writes the fields of the newest layout. */
    protected abstract void write(T value, DataOutputView out) throws IOException;

    /** Reads the fields of a layout from 1 to the newest. */
    protected abstract T read(int writtenVersion, DataInputView in) throws IOException;

    @Override
    public final void serialize(T value, DataOutputView target) throws IOException {
        if (target instanceof DataOutputSerializer) {
            inPlace(value, (DataOutputSerializer) target);
            return;
        }
        DataOutputSerializer body = new DataOutputSerializer(256);
        inPlace(value, body);
        target.write(body.getSharedBuffer(), 0, body.length());
    }

    /** Writes the record behind a length that is known afterwards. */
    private void inPlace(T value, DataOutputSerializer target) throws IOException {
        int start = target.length();
        target.writeInt(0);
        target.writeByte(version);
        write(value, target);
        target.writeIntUnsafe(target.length() - start - Integer.BYTES, start);
    }

    @Override
    public final T deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        DataInputDeserializer body = new DataInputDeserializer(bytes);
        int writtenVersion = body.readByte();
        if (writtenVersion < 1 || writtenVersion > version) {
            throw new IOException(
                    getClass().getSimpleName()
                            + ": seen layout version "
                            + writtenVersion
                            + ", expected 1 to "
                            + version
                            + "; was this state written by a newer build?");
        }
        T value = read(writtenVersion, body);
        if (body.available() > 0) {
            throw new IOException(
                    getClass().getSimpleName()
                            + ": "
                            + body.available()
                            + " bytes too many in a record of layout version "
                            + writtenVersion);
        }
        return value;
    }

    @Override
    public final T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public final void copy(DataInputView source, DataOutputView target) throws IOException {
        // Through an array: write(source, length) does not grow an in-memory target.
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public final T copy(T from) {
        if (immutable) {
            return from;
        }
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            serialize(from, out);
            return deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        } catch (IOException e) {
            throw new IllegalStateException("a value could not be copied", e);
        }
    }

    @Override
    public final T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public final boolean isImmutableType() {
        return immutable;
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    public final T createInstance() {
        // Flink asks for reusable instances; there are none.
        return unset();
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null;
    }
}
