package io.sluice.ingress.query;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In the description of the API: a call that gives a page of a list, and takes how many items at
 * most ({@code limit}) and where to go on ({@code cursor}, from the page before).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
@Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
public @interface Paged {}
