/** What others say of our badges and issuers, what holders say of theirs, and what our issuers say of badges of others. */
@NamedInterface("endorsement")
@NullMarked
package dev.laurel.credential.endorsement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
