/** The browser's side: sessions, headers, who may open what, error pages. */
@NullMarked
package dev.laurel.launch.web;

import org.jspecify.annotations.NullMarked;
