/**
 * Results that people enter in Laurel: confirmations, attendance, evidence that learners hand in and its assessment. What
 * learners write is sealed under their own keys.
 */
@NamedInterface("manual")
@NullMarked
package dev.laurel.gradebook.manual;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
