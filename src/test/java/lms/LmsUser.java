package lms;

import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account in the LMS. {@code id} is the {@code sub} that tools get.
 *
 * @param email {@code null}: tools are not told
 */
public record LmsUser(
        String id,
        String givenName,
        String familyName,
        @Nullable String email,
        LmsRole role) {

    public String name() {
        return givenName + " " + familyName;
    }
}
