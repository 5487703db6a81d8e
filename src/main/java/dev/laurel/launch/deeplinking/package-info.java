/** The answer to a deep linking request: signed, and taken to the platform by the browser. */
@NullMarked
package dev.laurel.launch.deeplinking;

import org.jspecify.annotations.NullMarked;
