/** Putting a rule together part by part. The draft lives in the page, so nothing is stored before it is saved. */
@NullMarked
package dev.laurel.dashboard.builder;

import org.jspecify.annotations.NullMarked;
