/** The files it serves: the dashboard and the description of the API. */
@NullMarked
package io.sluice.ingress.page;

import org.jspecify.annotations.NullMarked;
