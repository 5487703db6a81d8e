/** Who is signed in, from which launch; open to every module with pages. */
@NamedInterface("session")
@NullMarked
package dev.laurel.launch.session;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
