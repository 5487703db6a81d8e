package dev.laurel.credential.status;

import java.nio.file.Path;

/** Copies of published lists on the disk of another node. */
public final class TestCopies {

    private TestCopies() {}

    public static PublishedCopies in(Path directory) {
        return new PublishedCopies(directory);
    }
}
