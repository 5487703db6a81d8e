/** Badges that a person gives or takes, whatever the rule says. */
@NamedInterface("grant")
@NullMarked
package dev.laurel.award.grant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
