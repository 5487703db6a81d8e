package dev.laurel.context;

import dev.laurel.launch.session.Role;
import java.util.Set;

/** Somebody in a course. Only those with {@code earns} can get a badge. */
public record Member(long personId, Set<Role> roles, boolean active, boolean earns) {}
