/** What every source of results implements: turn what it reads into observations, and never guess. */
@NullMarked
package dev.laurel.gradebook.source;

import org.jspecify.annotations.NullMarked;
