package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.nio.charset.StandardCharsets;

/** A view as of one moment, written once for all who look at it. Immutable; arrays are not. */
final class Snapshot {
    /** What a snapshot is. */
    enum Kind {
        /** Figures. */
        VIEW("view"),
        /** There is no such tenant, or no longer. */
        GONE("gone"),
        /** The tables could not be read; the next may tell more. */
        TROUBLE("trouble");

        private final String event;

        Kind(String event) {
            this.event = event;
        }
    }

    private final Kind kind;
    private final byte[] json;
    private final byte[] event;

    private Snapshot(Kind kind, ObjectNode view) {
        this.kind = kind;
        this.json = Json.bytes(view);
        this.event = frame(kind.event, json);
    }

    static Snapshot of(ObjectNode view) {
        return new Snapshot(Kind.VIEW, view);
    }

    static Snapshot gone() {
        return new Snapshot(Kind.GONE, Json.object());
    }

    static Snapshot trouble() {
        return new Snapshot(Kind.TROUBLE, Json.object());
    }

    Kind kind() {
        return kind;
    }

    /** The figures as a JSON document, UTF-8. */
    byte[] json() {
        return json;
    }

    /** The same as one server-sent event; the document has no line breaks. */
    byte[] event() {
        return event;
    }

    private static byte[] frame(String name, byte[] json) {
        return ("event: " + name + "\ndata: " + new String(json, StandardCharsets.UTF_8) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
