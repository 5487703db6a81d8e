package dev.laurel.achievement;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A skill, competency or standard of somebody's framework that a badge stands for.
 *
 * @param targetName what the framework calls it
 * @param targetUrl where it is described, absolute http or https
 * @param targetCode its short code in the framework
 * @param targetFramework the name of the framework
 * @param targetType what kind of thing it is there, one of {@link #TYPES} or a word of somebody's own after {@code ext:}
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#alignment">Open Badges 3.0, Alignment</a>
 */
public record Alignment(
        String targetName,
        String targetUrl,
        @Nullable String targetCode,
        @Nullable String targetFramework,
        @Nullable String targetType) {

    /** Open Badges 3.0, AlignmentTargetType: of CASE, of the Credential Engine, and of CTDL. */
    public static final List<String> TYPES = List.of(
            "CFItem",
            "CFRubric",
            "CFRubricCriterion",
            "CFRubricCriterionLevel",
            "CTDL",
            "ceasn:Competency",
            "ceterms:Credential");

    /** As many as one badge may have. */
    public static final int MOST = 20;

    public static final int LONGEST_NAME = 300;

    public static final int LONGEST_URL = 1000;

    public static final int LONGEST_CODE = 100;

    /** Of no kind that anybody named. */
    public Alignment(
            String targetName, String targetUrl, @Nullable String targetCode, @Nullable String targetFramework) {
        this(targetName, targetUrl, targetCode, targetFramework, null);
    }

    /** @throws IllegalArgumentException where the name is missing, the URL is none, or the type is none */
    public Alignment {
        if (targetName.isBlank() || !isUrl(targetUrl)) {
            throw new IllegalArgumentException("An alignment has a name and an absolute URL");
        }
        if (targetType != null && !isType(targetType)) {
            throw new IllegalArgumentException("Not what an alignment can be of");
        }
    }

    /** Whether Open Badges takes it as the kind of thing that an alignment points at. */
    public static boolean isType(String type) {
        return TYPES.contains(type) || type.matches("ext:[A-Za-z0-9_.:-]{1,60}");
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
