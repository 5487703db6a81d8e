/**
 * A reference LMS that speaks real LTI 1.3 over HTTP, beside Laurel and never part of it: for a newcomer's first walk,
 * for tests, and as the platform that the load driver launches from.
 */
package lms;
