/** How values stand in SQL, open to every module. */
@NamedInterface("sql")
@NullMarked
package dev.laurel.platform.sql;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
