/** The notices that platforms send without anybody launching, such as that a course was copied. */
@NullMarked
package dev.laurel.launch.notice;

import org.jspecify.annotations.NullMarked;
