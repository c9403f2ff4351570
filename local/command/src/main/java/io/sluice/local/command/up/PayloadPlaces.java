package io.sluice.local.command.up;

import io.sluice.local.command.data.DataFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where ingress and job keep large payloads and data keys, and what wraps those: below the data
 * folder, if no environment variable says otherwise.
 *
 * @param objects as {@code ObjectStores.open} takes it
 * @param keys the same; {@code none} if nothing is to be sealed
 * @param masterKey the file or the key of AWS KMS that wraps data keys
 * @param ownMasterKey the file, if it is this folder's
 */
public record PayloadPlaces(
        String objects, String keys, String masterKey, @Nullable Path ownMasterKey) {
    private static final String OBJECTS = "SLUICE_OBJECTS";
    private static final String KEYS = "SLUICE_KEYS";
    private static final String MASTER_KEY = "SLUICE_MASTER_KEY";
    private static final String NONE = "none";

    /** Those of a folder under this process's environment. */
    public static PayloadPlaces of(DataFolder folder) {
        return of(folder, System::getenv);
    }

    static PayloadPlaces of(DataFolder folder, UnaryOperator<@Nullable String> environment) {
        Path usual = folder.part("keys").resolve("master.key");
        String master = setOr(environment.apply(MASTER_KEY), usual);
        return new PayloadPlaces(
                setOr(environment.apply(OBJECTS), folder.part("objects")),
                setOr(environment.apply(KEYS), folder.part("keys").resolve("tenants")),
                master,
                master.equals(usual.toString()) ? usual : null);
    }

    /** Whether payloads are sealed. */
    public boolean areSealed() {
        return !keys.equals(NONE);
    }

    /** The environment variables of processes that use them. */
    Map<String, String> environment() {
        return new HashMap<>(Map.of(OBJECTS, objects, KEYS, keys, MASTER_KEY, masterKey));
    }

    private static String setOr(@Nullable String wanted, Path usual) {
        return wanted == null || wanted.isBlank() ? usual.toString() : wanted;
    }
}
