/** Request ids: issued once, recognised later without having been stored. */
@NullMarked
package io.sluice.ingress.requestid;

import org.jspecify.annotations.NullMarked;
