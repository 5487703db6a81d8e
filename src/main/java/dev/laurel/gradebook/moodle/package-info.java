/**
 * What Moodle tells over its web services, with the key of a service account: grades of its own activities, completions,
 * competencies, and who is a teaching assistant.
 */
@NamedInterface("moodle")
@NullMarked
package dev.laurel.gradebook.moodle;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
