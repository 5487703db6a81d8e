package dev.laurel.achievement.framework;

import java.time.Instant;

/**
 * A framework of an institution.
 *
 * @param skills how many are in it
 * @param broughtAt when its file came last, UTC
 */
public record Framework(long id, String name, int skills, Instant broughtAt) {}
