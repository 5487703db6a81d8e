/** Pages that need several modules. Owns no table and no rule. */
@ApplicationModule
@NullMarked
package dev.laurel.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
