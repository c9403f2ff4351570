package io.sluice.ingress;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.util.Arrays;

/**
 * The ingress as a process. Prints {@code ready <port>} when it listens; stops cleanly on SIGTERM
 * or on the line {@code stop}, and with {@code --die-with-parent} also when standard input ends.
 */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sluice",
                        version = "1",
                        description =
                                "A gate for LLM traffic: limits, prices and proves each call"),
        security = {@SecurityRequirement(name = "bearer"), @SecurityRequirement(name = "key")})
@SecurityScheme(name = "bearer", type = SecuritySchemeType.HTTP, scheme = "bearer")
@SecurityScheme(
        name = "key",
        type = SecuritySchemeType.APIKEY,
        in = io.swagger.v3.oas.annotations.enums.SecuritySchemeIn.HEADER,
        paramName = "x-api-key")
public final class IngressApplication {
    private static final String DIE_WITH_PARENT = "--die-with-parent";

    private IngressApplication() {}

    /** Starts the ingress. */
    public static void main(String[] args) {
        boolean dieWithParent = Arrays.asList(args).contains(DIE_WITH_PARENT);
        ApplicationContext context =
                Micronaut.build(
                                Arrays.stream(args)
                                        .filter(a -> !a.equals(DIE_WITH_PARENT))
                                        .toArray(String[]::new))
                        .banner(false)
                        .eagerInitSingletons(true) // what is missing is said now, not later
                        .start();
        new ParentWatch(dieWithParent, context).start();
        System.out.println("ready " + context.getBean(EmbeddedServer.class).getPort());
        System.out.flush();
    }
}
