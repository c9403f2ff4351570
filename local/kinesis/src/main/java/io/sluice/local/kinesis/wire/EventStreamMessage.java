package io.sluice.local.kinesis.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One message of {@code application/vnd.amazon.eventstream}, encoded.
 *
 * <p>Layout (big-endian): u32 total length, u32 headers length, u32 CRC-32 of those eight bytes,
 * headers, payload, u32 CRC-32 of everything before
 * (https://smithy.io/2.0/aws/amazon-eventstream.html, 2026-11).
 */
public final class EventStreamMessage {
    private static final int OVERHEAD_BYTES = 16;
    private static final byte STRING_HEADER = 7;

    private EventStreamMessage() {}

    /** A modelled event, {@code SubscribeToShardEvent} or {@code initial-response}. */
    public static byte[] event(String eventType, Protocol protocol, byte[] payload) {
        return encode(
                payload,
                ":event-type",
                eventType,
                ":content-type",
                protocol.contentType(),
                ":message-type",
                "event");
    }

    /** A modelled error that ends the stream. */
    public static byte[] exception(ApiException error, Protocol protocol) {
        return encode(
                protocol.write(error),
                ":exception-type",
                error.type(),
                ":content-type",
                protocol.contentType(),
                ":message-type",
                "exception");
    }

    private static byte[] encode(byte[] payload, String... headers) {
        int headerBytes = 0;
        for (int i = 0; i < headers.length; i += 2) {
            headerBytes += 1 + headers[i].length() + 3 + headers[i + 1].length();
        }
        ByteBuffer message = ByteBuffer.allocate(OVERHEAD_BYTES + headerBytes + payload.length);
        message.putInt(message.capacity()).putInt(headerBytes).putInt(crc(message.array(), 8));
        for (int i = 0; i < headers.length; i += 2) {
            message.put((byte) headers[i].length()).put(ascii(headers[i])).put(STRING_HEADER);
            message.putShort((short) headers[i + 1].length()).put(ascii(headers[i + 1]));
        }
        message.put(payload);
        message.putInt(crc(message.array(), message.position()));
        return message.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
