/**
 * The archive of audit records: Parquet files by date and hour of arrival, each record in exactly
 * one of them. No Hadoop runs here: of its classes only the types in Parquet's signatures are
 * there.
 */
@NullMarked
package io.sluice.sinks.archive;

import org.jspecify.annotations.NullMarked;
