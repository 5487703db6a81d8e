package dev.laurel.credential.document;

/** What a credential says of its holder, as it stands there. */
public final class TestIdentities {

    private TestIdentities() {}

    public static String email(String email, byte[] salt) {
        return HolderIdentity.email(email, salt).toJson().build().toString();
    }

    public static String name(String name) {
        return HolderIdentity.name(name).toJson().build().toString();
    }
}
