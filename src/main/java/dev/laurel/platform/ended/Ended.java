package dev.laurel.platform.ended;

import java.time.Instant;

/**
 * Something that ended for good.
 *
 * @param key names it for ever: never dealt again, also by a database that was set back; without spaces, and tells nothing about anybody
 * @param at when it ended
 */
public record Ended(String key, Instant at) {}
