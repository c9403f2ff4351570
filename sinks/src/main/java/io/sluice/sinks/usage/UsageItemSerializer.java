package io.sluice.sinks.usage;

import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.UsageItemJson;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A window that was not written yet, as savepoints keep it. Version 1: the JSON of the item. */
final class UsageItemSerializer implements SimpleVersionedSerializer<UsageItem> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(UsageItem item) {
        return Json.bytes(UsageItemJson.write(item));
    }

    @Override
    public UsageItem deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "usage that was not written yet: seen layout version "
                            + version
                            + ", expected "
                            + VERSION
                            + "; was this state written by a newer build?");
        }
        return UsageItemJson.read(Json.parse(serialized));
    }
}
