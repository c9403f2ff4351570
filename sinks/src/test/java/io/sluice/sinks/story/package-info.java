/** Finding and telling a request's story. */
package io.sluice.sinks.story;
