/** Where a launch arrives, and which page it is sent to. */
@NullMarked
package dev.laurel.dashboard.home;

import org.jspecify.annotations.NullMarked;
