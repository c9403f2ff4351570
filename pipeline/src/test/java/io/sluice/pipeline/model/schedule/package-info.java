/** The scheduler and what targets bear, under hand-driven time. */
package io.sluice.pipeline.model.schedule;
