/** The language of rules: what can be asked for, what it means, how it is written, said and explained. Pure. */
@NamedInterface("rule")
@NullMarked
package dev.laurel.criteria.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
