/** Whether writes pause, as the tenants table says. */
@NullMarked
package io.sluice.ingress.pause;

import org.jspecify.annotations.NullMarked;
