package dev.laurel.award.grant;

import dev.laurel.award.Reason;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A badge given by hand: for work that no column shows, or as an exception.
 *
 * @param reason see {@link Reason}
 * @param evidenceText what the person did, or {@code null}
 * @param evidenceUrl where it can be seen, http or https, or {@code null}
 * @param level of a badge that has any; 1 is the lowest
 */
public record Grant(
        String reason,
        @Nullable String evidenceText,
        @Nullable String evidenceUrl,
        int level) {

    /** What is given where nothing is said, and of a badge without levels. */
    public static final int LOWEST = 1;

    public static final int LONGEST_TEXT = 5000;

    public static final int LONGEST_URL = 2000;

    /** The lowest level of the badge. */
    public Grant(String reason, @Nullable String evidenceText, @Nullable String evidenceUrl) {
        this(reason, evidenceText, evidenceUrl, LOWEST);
    }

    /** @throws IllegalArgumentException where a part is too long, there is no reason, or the address is not on the web */
    public Grant {
        reason = Reason.require(reason);
        evidenceText = evidenceText == null || evidenceText.isBlank() ? null : Reason.bare(evidenceText);
        evidenceUrl = evidenceUrl == null || evidenceUrl.isBlank() ? null : evidenceUrl.strip();
        if (level < LOWEST) {
            throw new IllegalArgumentException("There is no level " + level);
        }
        if (evidenceText != null && evidenceText.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("Evidence is too long");
        }
        if (evidenceUrl != null && !isWebAddress(evidenceUrl)) {
            throw new IllegalArgumentException("Not an address on the web");
        }
    }

    public static boolean isWebAddress(String typed) {
        try {
            URI uri = URI.create(typed.strip());
            return typed.length() <= LONGEST_URL
                    && uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
