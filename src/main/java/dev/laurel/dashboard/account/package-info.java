/** Accounts of one human at several platforms: the learner's own page, and the admin's of what is in doubt. */
@NullMarked
package dev.laurel.dashboard.account;

import org.jspecify.annotations.NullMarked;
