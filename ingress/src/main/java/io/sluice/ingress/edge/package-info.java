/** What ingress nodes remember, each for itself and together through Redis. */
@NullMarked
package io.sluice.ingress.edge;

import org.jspecify.annotations.NullMarked;
