package dev.laurel.gradebook.event;

import org.jspecify.annotations.Nullable;

/**
 * What an event is about. Whatever else it says is left alone.
 *
 * @param course as the platform numbers it, or the LTI context id
 * @param user as the platform numbers her, or the LTI {@code sub}; {@code null} where the event is about nobody in particular
 */
record Said(String course, @Nullable String user) {}
