package io.sluice.pipeline.topology;

import io.sluice.contract.Event;
import io.sluice.contract.json.EventJson;
import org.apache.flink.api.common.serialization.SerializationSchema;

/**
 * How events are appended to the stream. A class, because of two serialized references to one
 * method, for events of two types, the first is restored for both: javac's {@code
 * $deserializeLambda$} does not tell them apart, and the second sink fails with a
 * ClassCastException.
 */
final class EventSchema<E extends Event> implements SerializationSchema<E> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] serialize(E event) {
        return EventJson.write(event);
    }
}
