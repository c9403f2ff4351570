/** Conversations: copies for readers, written whenever one changes. */
@NullMarked
package io.sluice.sinks.session;

import org.jspecify.annotations.NullMarked;
