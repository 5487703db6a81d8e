/** What would happen before it happens: who would earn a badge now, and how that changes with its threshold. */
@NullMarked
package dev.laurel.dashboard.dryrun;

import org.jspecify.annotations.NullMarked;
