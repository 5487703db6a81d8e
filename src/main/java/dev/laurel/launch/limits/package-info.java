/** How many logins, launches, registrations and badges to check may come, from one address and from one platform. */
@NamedInterface("limits")
@NullMarked
package dev.laurel.launch.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
