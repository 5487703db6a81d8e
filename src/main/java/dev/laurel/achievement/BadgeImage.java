package dev.laurel.achievement;

import org.jspecify.annotations.Nullable;

/** The picture of a badge: always a PNG, and the SVG it was drawn from unless somebody uploaded it. */
public record BadgeImage(long id, byte[] png, @Nullable String svg, String altText) {}
