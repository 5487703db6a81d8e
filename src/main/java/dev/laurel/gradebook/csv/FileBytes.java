package dev.laurel.gradebook.csv;

import java.io.IOException;
import java.io.InputStream;

/** A file that can be read from its beginning any number of times, and is never held as a whole. */
public interface FileBytes {

    InputStream open() throws IOException;
}
