/** Tests of large payloads. */
@NullMarked
package io.sluice.objects.seal;

import org.jspecify.annotations.NullMarked;
