/**
 * The figures behind the dashboard: read from the tables once a second for each view, whoever and
 * however many look at it.
 */
@NullMarked
package io.sluice.ingress.dashboard;

import org.jspecify.annotations.NullMarked;
