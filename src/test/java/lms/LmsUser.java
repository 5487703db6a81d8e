package lms;

/** Somebody with an account in the LMS. {@code id} is the {@code sub} that tools get. */
public record LmsUser(String id, String givenName, String familyName, String email, LmsRole role) {

    public String name() {
        return givenName + " " + familyName;
    }
}
