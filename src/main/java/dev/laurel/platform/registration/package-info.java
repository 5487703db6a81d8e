/** Dynamic Registration: a platform enters itself, by a link that the operator made. */
@NullMarked
package dev.laurel.platform.registration;

import org.jspecify.annotations.NullMarked;
