/** Whether the process lives and can work. */
@NullMarked
package io.sluice.ingress.health;

import org.jspecify.annotations.NullMarked;
