/** Reading what tenants used. */
@NullMarked
package io.sluice.ingress.usage;

import org.jspecify.annotations.NullMarked;
