package io.sluice.sinks.versioned;

import io.sluice.contract.VersionedItem;
import io.sluice.contract.json.Json;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** An item that was not written yet, as savepoints keep it. Version 1: the JSON of the item. */
final class UnwrittenItemSerializer<T extends VersionedItem>
        implements SimpleVersionedSerializer<T> {
    private static final int VERSION = 1;

    private final ItemForm<T> form;

    UnwrittenItemSerializer(ItemForm<T> form) {
        this.form = form;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(T item) {
        return Json.bytes(form.write(item));
    }

    @Override
    public T deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    form.name()
                            + " that was not written yet: seen layout version "
                            + version
                            + ", expected "
                            + VERSION
                            + "; was this state written by a newer build?");
        }
        return form.read(Json.parse(serialized));
    }
}
