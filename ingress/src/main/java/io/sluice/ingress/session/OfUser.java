package io.sluice.ingress.session;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** In the description of the API: a call that takes the user of the conversation that it names. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        name = "user_id",
        in = ParameterIn.QUERY,
        description = "as in the requests; left out if they name none",
        schema = @Schema(implementation = String.class))
@interface OfUser {}
