/** What notes come to, checked against plain bookkeeping. */
@NullMarked
package io.sluice.local.notebooks;

import org.jspecify.annotations.NullMarked;
