/** Settings as people write them. */
package io.sluice.pipeline.config;
