/** Archive files, written through Flink and read back. */
package io.sluice.sinks.archive;
