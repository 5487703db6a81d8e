/** What Laurel asks of a platform, said once: for registering, for the operator's pages and for the files of lti-config. */
@NamedInterface("tool")
@NullMarked
package dev.laurel.platform.tool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
