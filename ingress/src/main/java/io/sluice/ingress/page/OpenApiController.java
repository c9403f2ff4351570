package io.sluice.ingress.page;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;

/** The description of the API, generated from the controllers when the ingress is built. */
@Controller
@Hidden
final class OpenApiController {
    private final ClassPathFile file =
            ClassPathFile.of("META-INF/swagger/sluice.yml", "text/yaml; charset=utf-8");

    /** The OpenAPI document. */
    @Get("/openapi.yaml")
    HttpResponse<byte[]> document() {
        return file.answer();
    }
}
