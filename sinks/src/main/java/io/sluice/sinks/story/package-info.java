/**
 * One request's story, as its audit records tell it: finding them in an archive, and the one place
 * where they are put into plain words. Command and dashboard show the same. Knows neither Flink nor
 * AWS; not a word of a prompt or an answer is in a record.
 */
@NullMarked
package io.sluice.sinks.story;

import org.jspecify.annotations.NullMarked;
