package io.sluice.sinks.webhook;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert as bytes. Versions it reads: 1 (version, id, kind, tenant or nothing, subject, time,
 * count and pairs of details); others are refused.
 */
public final class AlertCodec {
    private static final int VERSION = 1;

    private AlertCodec() {}

    /** Writes an alert. */
    public static void write(Alert alert, DataOutput out) throws IOException {
        String tenantId = alert.tenantId();
        out.writeByte(VERSION);
        out.writeUTF(alert.id());
        out.writeUTF(alert.kind().wireName());
        out.writeUTF(tenantId == null ? "" : tenantId);
        out.writeUTF(alert.subject());
        out.writeLong(alert.atMillis());
        out.writeByte(alert.details().size());
        for (Map.Entry<String, String> detail : alert.details().entrySet()) {
            out.writeUTF(detail.getKey());
            out.writeUTF(detail.getValue());
        }
    }

    /** Reads an alert. */
    public static Alert read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("alert: version " + version + ", expected " + VERSION);
        }
        String id = in.readUTF();
        AlertKind kind = kind(in.readUTF());
        @Nullable String tenantId = in.readUTF();
        String subject = in.readUTF();
        long atMillis = in.readLong();
        Map<String, String> details = new TreeMap<>();
        for (int left = in.readByte(); left > 0; left--) {
            String name = in.readUTF();
            details.put(name, in.readUTF());
        }
        return new Alert(
                id, kind, tenantId.isEmpty() ? null : tenantId, subject, atMillis, details);
    }

    private static AlertKind kind(String wireName) throws IOException {
        try {
            return AlertKind.ofWireName(wireName);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
