/** The wiring of the job: the one package to read first. */
@NullMarked
package io.sluice.pipeline.topology;

import org.jspecify.annotations.NullMarked;
