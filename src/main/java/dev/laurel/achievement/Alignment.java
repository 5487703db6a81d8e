package dev.laurel.achievement;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A skill, competency or standard of somebody's framework that a badge stands for.
 *
 * @param targetName what the framework calls it
 * @param targetUrl where it is described, absolute http or https
 * @param targetCode its short code in the framework
 * @param targetFramework the name of the framework
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#alignment">Open Badges 3.0, Alignment</a>
 */
public record Alignment(
        String targetName,
        String targetUrl,
        @Nullable String targetCode,
        @Nullable String targetFramework) {

    /** As many as one badge may have. */
    public static final int MOST = 20;

    public static final int LONGEST_NAME = 300;

    public static final int LONGEST_URL = 1000;

    public static final int LONGEST_CODE = 100;

    /** @throws IllegalArgumentException where the name is missing or the URL is none */
    public Alignment {
        if (targetName.isBlank() || !isUrl(targetUrl)) {
            throw new IllegalArgumentException("An alignment has a name and an absolute URL");
        }
    }

    /** Whether it can be opened by anybody. */
    public static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
