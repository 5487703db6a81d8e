package dev.laurel.dashboard.copy;

import dev.laurel.gradebook.ColumnMatch;

/**
 * One column that a badge looks at which comes from elsewhere.
 *
 * @param asked this is where the page asks for it; a column that several badges look at is chosen once
 */
public record Criterion(ColumnMatch match, boolean asked) {}
