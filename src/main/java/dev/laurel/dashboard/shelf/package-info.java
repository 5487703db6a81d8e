/** What a learner, and who may look with her, sees of her badges. */
@NullMarked
package dev.laurel.dashboard.shelf;

import org.jspecify.annotations.NullMarked;
