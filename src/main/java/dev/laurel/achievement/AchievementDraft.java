package dev.laurel.achievement;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an instructor wrote about a badge.
 *
 * @param imageId an uploaded image; {@code null}: draw one from name and colour
 * @param credits what it is worth, more than 0; {@code null}: as before, at first nothing
 */
public record AchievementDraft(
        String name,
        String description,
        String criteria,
        String colour,
        @Nullable Long imageId,
        @Nullable BigDecimal credits) {

    /** @throws IllegalArgumentException where the credits are none */
    public AchievementDraft {
        if (credits != null && credits.signum() <= 0) {
            throw new IllegalArgumentException("A badge is worth more than no credits, or nothing is said");
        }
    }

    /** Worth what it says, else this. */
    AchievementDraft worth(@Nullable BigDecimal before) {
        return credits != null ? this : new AchievementDraft(name, description, criteria, colour, imageId, before);
    }

    /** Without a word about credits. */
    public AchievementDraft(String name, String description, String criteria, String colour, @Nullable Long imageId) {
        this(name, description, criteria, colour, imageId, null);
    }
}
