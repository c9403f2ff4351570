/** The process as its parent and the unmodified SDK see it. */
@NullMarked
package io.sluice.local.dynamodb;

import org.jspecify.annotations.NullMarked;
