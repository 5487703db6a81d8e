/** The pages of an institution's administrator, and what is stored about a person. */
@NullMarked
package dev.laurel.dashboard.institution;

import org.jspecify.annotations.NullMarked;
