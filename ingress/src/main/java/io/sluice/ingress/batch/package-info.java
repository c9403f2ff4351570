/** Many requests in one call: taken in all or none, run at low priority, read as JSON lines. */
@NullMarked
package io.sluice.ingress.batch;

import org.jspecify.annotations.NullMarked;
