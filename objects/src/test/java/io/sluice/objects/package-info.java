/** Tests of large payloads. */
@NullMarked
package io.sluice.objects;

import org.jspecify.annotations.NullMarked;
