package io.sluice.sinks.relational;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;

/** How the rows of one table are written. Thread-safe. */
interface RowSql {
    /** The statement of one row. */
    String upsert();

    /** Sets all parameters in the statement's order, from the item's JSON. */
    void bind(JsonNode item, Parameters parameters) throws SQLException;
}
