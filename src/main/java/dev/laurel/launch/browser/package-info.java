/** Ties a launch to the browser that began it: by a cookie, by the platform's storage, or in a tab of its own. */
@NullMarked
package dev.laurel.launch.browser;

import org.jspecify.annotations.NullMarked;
