/** Conversations as the engine knows them: turns and tokens, never text. */
@NullMarked
package io.sluice.pipeline.session;

import org.jspecify.annotations.NullMarked;
