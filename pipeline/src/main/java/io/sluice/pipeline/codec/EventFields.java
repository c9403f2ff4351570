package io.sluice.pipeline.codec;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Event;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fields of an {@link Event} inside other layouts; changing them is a new version of each of
 * those. Binary, because the JSON of the stream takes several times as long to read.
 */
final class EventFields {
    private static final int REQUEST = 1;
    private static final int OUTCOME = 2;
    private static final int COMMAND = 3;

    private EventFields() {}

    static void write(Event event, DataOutputView out) throws IOException {
        if (event instanceof RequestEvent) {
            RequestEvent request = (RequestEvent) event;
            out.writeByte(REQUEST);
            RequestFields.write(request.facts(), out);
            Texts.write(request.payload(), out);
        } else if (event instanceof OutcomeEvent) {
            OutcomeEvent outcome = (OutcomeEvent) event;
            out.writeByte(OUTCOME);
            OutcomeFields.write(outcome.facts(), out);
            Texts.writeOptional(outcome.payload(), out);
        } else if (event instanceof CommandEvent) {
            CommandEvent command = (CommandEvent) event;
            out.writeByte(COMMAND);
            out.writeUTF(command.tenantId());
            out.writeUTF(command.commandId());
            out.writeUTF(command.name());
            Texts.writeOptional(command.subject(), out);
        } else {
            throw new IOException("unknown kind of event: " + event.getClass().getName());
        }
        Texts.writeOptional(event.traceparent(), out);
    }

    static Event read(DataInputView in) throws IOException {
        int kind = in.readByte();
        switch (kind) {
            case REQUEST:
                return RequestEvent.builder()
                        .facts(RequestFields.read(in))
                        .payload(Texts.read(in))
                        .traceparent(Texts.readOptional(in))
                        .build();
            case OUTCOME:
                return OutcomeEvent.builder()
                        .facts(OutcomeFields.read(in))
                        .payload(Texts.readOptional(in))
                        .traceparent(Texts.readOptional(in))
                        .build();
            case COMMAND:
                return CommandEvent.builder()
                        .tenantId(in.readUTF())
                        .commandId(in.readUTF())
                        .name(in.readUTF())
                        .subject(Texts.readOptional(in))
                        .traceparent(Texts.readOptional(in))
                        .build();
            default:
                throw new IOException("unknown kind of event: " + kind);
        }
    }
}
