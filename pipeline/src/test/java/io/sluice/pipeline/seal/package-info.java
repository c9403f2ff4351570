/** Sealing while the job runs. */
package io.sluice.pipeline.seal;
