package io.sluice.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model id taken apart: the model's own id, and through which inference profile it is called.
 * Immutable.
 */
public final class ModelName {
    /** The scope of ids without an inference profile's prefix. */
    public static final String BASE = "base";

    /** In price files: every geographic profile that has no price of its own. */
    public static final String GEO = "geo";

    /** The scope of profiles that may be served anywhere. */
    public static final String GLOBAL = "global";

    /**
     * Prefixes of geographic inference profiles.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html">Inference
     *     profiles</a>, read 2026-11-23
     */
    public static final List<String> GEOS =
            List.of("us", "us-gov", "eu", "apac", "jp", "au", "ca", "sa");

    private static final Pattern BEFORE_ID =
            Pattern.compile(
                    "(arn:aws[a-z-]{0,12}:bedrock:[a-z0-9-]{0,32}:[0-9]{0,12}:(?<kind>[a-z-]{1,64})/)?"
                            + "((?<scope>"
                            + GLOBAL
                            + "|"
                            + String.join("|", GEOS)
                            + ")\\.)?");
    private static final Pattern WINDOW = Pattern.compile(":[0-9]{1,6}k?$");
    private static final Pattern RELEASE = Pattern.compile("-v[0-9]{1,3}$");

    private final String scope;
    private final String bare;
    private final boolean telling;

    private ModelName(String scope, String bare, boolean telling) {
        this.scope = scope;
        this.bare = bare;
        this.telling = telling;
    }

    /** The parts of a model id, inference-profile id or ARN; what is none is its own bare id. */
    public static ModelName of(String id) {
        Matcher before = BEFORE_ID.matcher(id);
        if (!before.lookingAt()) {
            return new ModelName(BASE, id, true);
        }
        String kind = before.group("kind");
        String scope = before.group("scope");
        return new ModelName(
                scope == null ? BASE : scope,
                id.substring(before.end()),
                kind == null
                        || kind.equals("foundation-model")
                        || kind.equals("inference-profile"));
    }

    /** {@link #BASE}, {@link #GLOBAL} or one of {@link #GEOS}. */
    public String scope() {
        return scope;
    }

    /** Whether it is called through a geographic profile. */
    public boolean isGeographic() {
        return GEOS.contains(scope);
    }

    /** The model's own id. */
    public String bare() {
        return bare;
    }

    /**
     * The ids that it may be listed under, longest first: its own, then without what follows the
     * model in it, a context window ({@code :48k}) and a release ({@code -v1:0}). Empty for ARNs
     * that carry no model's name, such as those of application inference profiles.
     */
    public List<String> listedAs() {
        List<String> ids = new ArrayList<>();
        if (telling) {
            String id = bare;
            ids.add(id);
            for (Matcher m = WINDOW.matcher(id); m.find(); m = WINDOW.matcher(id)) {
                id = id.substring(0, m.start());
                ids.add(id);
            }
            Matcher release = RELEASE.matcher(id);
            if (release.find()) {
                ids.add(id.substring(0, release.start()));
            }
        }
        return ids;
    }
}
