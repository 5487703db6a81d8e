package dev.laurel.credential;

/** A small PNG. */
public final class TestPictures {

    private TestPictures() {}

    public static byte[] png() {
        return BakingTests.picture();
    }
}
