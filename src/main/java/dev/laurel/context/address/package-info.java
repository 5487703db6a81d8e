/** E-mail addresses that people gave themselves, apart from what their LMS tells, to reach their badges without it. */
@NamedInterface("address")
@NullMarked
package dev.laurel.context.address;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
