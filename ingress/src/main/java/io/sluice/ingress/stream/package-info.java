/** Appending to the stream of events: batched, retried record by record, bounded. */
@NullMarked
package io.sluice.ingress.stream;

import org.jspecify.annotations.NullMarked;
