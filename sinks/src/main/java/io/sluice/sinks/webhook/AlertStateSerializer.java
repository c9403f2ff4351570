package io.sluice.sinks.webhook;

import io.sluice.contract.Alert;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** An undelivered alert in a checkpoint. Version 1: {@link AlertCodec}, with its own version. */
final class AlertStateSerializer implements SimpleVersionedSerializer<Alert> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Alert alert) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AlertCodec.write(alert, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Override
    public Alert deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("alert state: version " + version + ", expected " + VERSION);
        }
        return AlertCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
