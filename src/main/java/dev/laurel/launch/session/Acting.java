package dev.laurel.launch.session;

import org.jspecify.annotations.Nullable;

/**
 * Who really acts in a launch, and where.
 *
 * @param readOnly why this launch may look but change nothing; {@code null}: it may
 * @param testCopy signed, or marked by the operator: a test or beta copy of an LMS, in which nothing is real
 */
public record Acting(@Nullable ReadOnly readOnly, boolean testCopy) {

    /** The person herself, in the LMS that people learn with. */
    public static final Acting ONESELF = new Acting(null, false);

    public enum ReadOnly {
        /** An administrator of the LMS acts as this person. */
        MASQUERADING,
        /** The link hides whether somebody acts as this person. */
        UNPROVEN_PERSON,
        /** The unsigned login request says that it comes from a test copy, and the signed launch does not. */
        UNPROVEN_TEST_COPY
    }

    public boolean isReadOnly() {
        return readOnly != null;
    }
}
