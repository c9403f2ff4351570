/** How the Flink job is: circuits, stream lag and checkpoints, as far as this node can ask. */
@NullMarked
package io.sluice.ingress.job;

import org.jspecify.annotations.NullMarked;
