package io.sluice.sinks.versioned;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.VersionedItem;
import java.io.Serializable;

/** What one kind of item is called and how it is written: its JSON's fields are its attributes. */
public interface ItemForm<T extends VersionedItem> extends Serializable {
    /** What it is called in messages, metrics and names of threads; a word in lower case. */
    String name();

    /** An item as a tree. */
    ObjectNode write(T item);

    /** The item of a tree. */
    T read(JsonNode node);
}
