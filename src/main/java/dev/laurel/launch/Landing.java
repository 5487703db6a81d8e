package dev.laurel.launch;

import dev.laurel.launch.session.SignedIn;

/** Where a launch arrives. {@code dashboard} implements it, because it has the pages. */
public interface Landing {

    /** The path of the page for whoever was just let in; it starts with a slash. */
    String pathFor(SignedIn me);
}
