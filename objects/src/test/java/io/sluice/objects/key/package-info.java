/** Tests of large payloads. */
@NullMarked
package io.sluice.objects.key;

import org.jspecify.annotations.NullMarked;
