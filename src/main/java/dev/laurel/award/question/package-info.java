/** What students think is wrong, and what staff answers. */
@NamedInterface("question")
@NullMarked
package dev.laurel.award.question;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
