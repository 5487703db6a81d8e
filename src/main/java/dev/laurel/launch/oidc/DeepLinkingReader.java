package dev.laurel.launch.oidc;

import dev.laurel.launch.ContentItem;
import dev.laurel.launch.DeepLinkingRequest;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads the settings of a deep linking request. Platforms write them loosely: what is no list is read as one. */
final class DeepLinkingReader {

    /** Placements of Canvas that take links but leave their columns out. */
    private static final Set<String> WITHOUT_LINE_ITEMS = Set.of(
            "editor_button",
            "homework_submission",
            "migration_selection",
            "submission_type_selection",
            "collaboration",
            "conference_selection");

    private static final int LONGEST_URL = 4_000;

    private static final int LONGEST_TITLE = 500;

    private static final JsonMapper JSON = JsonMapper.shared();

    private DeepLinkingReader() {}

    static Optional<URI> returnUrl(Claims claims) {
        return Claims.address(settings(claims).get("deep_link_return_url"))
                .filter(url -> url.toString().length() <= LONGEST_URL);
    }

    /** {@code null} in any other message. */
    static @Nullable DeepLinkingRequest read(Claims claims) {
        if (!claims.text(ClaimNames.MESSAGE_TYPE).equals(Optional.of(LtiMessage.DEEP_LINKING.type()))) {
            return null;
        }
        Map<?, ?> settings = settings(claims);
        List<String> types = words(settings.get("accept_types"));
        boolean mayHaveColumns = !claims.text(ClaimNames.CANVAS_PLACEMENT)
                .filter(WITHOUT_LINE_ITEMS::contains)
                .isPresent();
        Object data = settings.get("data");
        return new DeepLinkingRequest(
                returnUrl(claims).orElseThrow(),
                types.isEmpty() || types.contains(ContentItem.TYPE),
                // Absent, the platform promises nothing; one is always right.
                said(settings.get("accept_multiple")).orElse(false),
                said(settings.get("accept_lineitem")).orElse(true) && mayHaveColumns,
                Claims.text(settings.get("title"))
                        .map(String::strip)
                        .map(title -> Varchar.fit(title, LONGEST_TITLE))
                        .orElse(null),
                data == null ? null : JSON.writeValueAsString(data));
    }

    private static Map<?, ?> settings(Claims claims) {
        return claims.object(ClaimNames.DEEP_LINKING_SETTINGS);
    }

    /** An array of texts, or one text with commas. */
    private static List<String> words(@Nullable Object value) {
        return Claims.texts(value).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A truth value, also as a text. */
    private static Optional<Boolean> said(@Nullable Object value) {
        return value instanceof Boolean truth
                ? Optional.of(truth)
                : Claims.text(value).map(text -> text.strip().equalsIgnoreCase("true"));
    }
}
