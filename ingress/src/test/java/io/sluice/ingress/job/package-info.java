/** How the job is. */
package io.sluice.ingress.job;
