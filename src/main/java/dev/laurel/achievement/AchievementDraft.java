package dev.laurel.achievement;

import org.jspecify.annotations.Nullable;

/**
 * What an instructor wrote about a badge.
 *
 * @param imageId an uploaded image; {@code null}: draw one from name and colour
 */
public record AchievementDraft(
        String name,
        String description,
        String criteria,
        String colour,
        @Nullable Long imageId) {}
