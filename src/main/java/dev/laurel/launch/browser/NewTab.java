package dev.laurel.launch.browser;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a launch begins once more in a tab of its own, where the browser keeps our cookies: by the platform's own link, or
 * by its login request sent again. Whoever clicks goes through the whole login, so nobody is signed in as somebody else.
 *
 * @param link an address of the platform that launches us; {@code null} where the login is sent again
 * @param fields of the login that is sent again
 */
public record NewTab(@Nullable URI link, Map<String, String> fields) {

    private static final String MOODLE_AUTH = "/mod/lti/auth.php";

    private static final Pattern MOODLE_HINT = Pattern.compile("\"cmid\"\\s*:\\s*\"?(\\d{1,18})\\b");

    /**
     * @param authUri the authorization endpoint of the platform
     * @param hintUsed the platform has seen its hint already; where it is known to count only once, it is not sent again
     * @return empty where only the platform itself can begin again
     */
    public static Optional<NewTab> of(URI authUri, LoginStart start, boolean hintUsed) {
        String auth = authUri.toString();
        if (!auth.endsWith(MOODLE_AUTH) || !hintUsed) {
            return Optional.of(new NewTab(null, start.inOwnTab()));
        }
        // Moodle keeps its hint in the person's session until the first use, and launches by the course module.
        String hint = start.parameters().getOrDefault("lti_message_hint", "");
        Matcher module = MOODLE_HINT.matcher(hint);
        String site = auth.substring(0, auth.length() - MOODLE_AUTH.length());
        return module.find()
                ? Optional.of(new NewTab(URI.create(site + "/mod/lti/launch.php?id=" + module.group(1)), Map.of()))
                : Optional.empty();
    }
}
