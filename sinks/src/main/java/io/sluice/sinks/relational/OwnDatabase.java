package io.sluice.sinks.relational;

import java.io.Serializable;

/** Says of a record whether its tenant's policy asks for a database of its own. */
@FunctionalInterface
public interface OwnDatabase<T> extends Serializable {
    /** Whether the record's tenant has a database of its own. */
    boolean isAskedFor(T record);
}
