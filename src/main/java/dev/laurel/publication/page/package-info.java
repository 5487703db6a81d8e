/** Pages and files of badges: for whoever was given the link of a shared one, and for their holders. */
@NullMarked
package dev.laurel.publication.page;

import org.jspecify.annotations.NullMarked;
