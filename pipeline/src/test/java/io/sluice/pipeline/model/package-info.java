/** Calls of models under hand-driven time and hand-written failures. */
package io.sluice.pipeline.model;
