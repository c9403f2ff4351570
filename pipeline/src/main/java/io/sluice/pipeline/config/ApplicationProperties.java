package io.sluice.pipeline.config;

import com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;

/**
 * Where the job's settings come from: the managed service's property groups, or a file of the same
 * shape.
 */
public final class ApplicationProperties {
    private ApplicationProperties() {}

    /**
     * The settings in the file named by the only argument, or, without one, in the place where the
     * managed service puts them.
     *
     * @throws IllegalArgumentException naming what is wrong with the arguments or a property
     */
    public static JobSettings settings(String... args) throws IOException {
        if (args.length > 1) {
            throw new IllegalArgumentException(
                    "seen "
                            + args.length
                            + " arguments, expected none or the path of application_properties.json");
        }
        return of(
                args.length == 1
                        ? KinesisAnalyticsRuntime.getApplicationProperties(args[0])
                        : KinesisAnalyticsRuntime.getApplicationProperties());
    }

    /** The settings in these groups. */
    public static JobSettings of(Map<String, Properties> groups) {
        return new JobSettings(new PropertyGroup.Set(groups));
    }
}
