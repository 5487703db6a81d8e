/** Badges of other organisations that learners bring, so that they count for ours. */
@NamedInterface("brought")
@NullMarked
package dev.laurel.credential.brought;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
