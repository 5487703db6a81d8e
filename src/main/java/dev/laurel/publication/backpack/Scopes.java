package dev.laurel.publication.backpack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a backpack may ask for. Laurel gives badges away and takes none in, so there is nothing that writes.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#scopes">Open Badges 3.0, 6.2 Scopes</a>
 */
final class Scopes {

    private static final String BASE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/";

    static final String CREDENTIALS = BASE + "credential.readonly";

    static final String PROFILE = BASE + "profile.readonly";

    /** Without it a permission ends after an hour. */
    static final String OFFLINE = "offline_access";

    static final Set<String> ALL = Set.of(CREDENTIALS, PROFILE, OFFLINE);

    /** As the discovery document says them. */
    static final Map<String, String> DESCRIPTIONS = Map.of(
            CREDENTIALS, "Permission to read the badges of the student",
            PROFILE, "Permission to read the name of the student",
            OFFLINE, "Permission to go on without asking the student again");

    private Scopes() {}

    /** Those of them that there are; all where none is named. */
    static List<String> known(@Nullable List<String> named) {
        return named == null || named.isEmpty()
                ? List.copyOf(ALL)
                : named.stream().filter(ALL::contains).distinct().toList();
    }
}
