/** Taking a request in: check its shape, normalise it, stamp it, append it to the stream. */
@NullMarked
package io.sluice.ingress.submit;

import org.jspecify.annotations.NullMarked;
