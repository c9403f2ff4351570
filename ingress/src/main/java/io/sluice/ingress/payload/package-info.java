/** Payloads too large for the stream: kept elsewhere, put before the event, read for the answer. */
@NullMarked
package io.sluice.ingress.payload;

import org.jspecify.annotations.NullMarked;
