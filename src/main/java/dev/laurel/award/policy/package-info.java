/** How the badge of a rule set is awarded, released and taken back, as staff chose it. */
@NamedInterface("policy")
@NullMarked
package dev.laurel.award.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
