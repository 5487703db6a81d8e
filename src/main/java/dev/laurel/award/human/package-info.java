/** What a person decided about somebody and a badge, against or beside the rule; stronger than any check. */
@NamedInterface("human")
@NullMarked
package dev.laurel.award.human;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
