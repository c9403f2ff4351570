/**
 * The records that cross a process boundary: events on the stream, items in tables, documents in
 * files. Plain values without Flink or AWS; their JSON is in {@link io.sluice.contract.json}.
 */
@NullMarked
package io.sluice.contract;

import org.jspecify.annotations.NullMarked;
