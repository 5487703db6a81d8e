package dev.laurel.context;

import dev.laurel.launch.session.Role;
import java.util.Set;

/**
 * Somebody in a course. Only those with {@code earns} can get a badge.
 *
 * @param groups sections or groups of the course, by the platform's numbers; empty where the platform does not tell
 */
public record Member(long personId, Set<Role> roles, boolean active, boolean earns, Set<String> groups) {}
