/** The figures behind the dashboard. */
package io.sluice.ingress.dashboard;
