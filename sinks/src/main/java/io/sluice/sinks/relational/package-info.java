/** Copies of usage and of results' metadata in PostgreSQL, for people who live in SQL. */
@NullMarked
package io.sluice.sinks.relational;

import org.jspecify.annotations.NullMarked;
