/** Reading what became of requests, and waiting for it. */
@NullMarked
package io.sluice.ingress.result;

import org.jspecify.annotations.NullMarked;
