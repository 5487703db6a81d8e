/**
 * What cannot be undone is confirmed where nothing can lie over the button: in a window of our own. Open to every module
 * with pages.
 */
@NamedInterface("confirm")
@NullMarked
package dev.laurel.launch.confirm;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
