package dev.laurel.dashboard.template;

import java.util.List;

/** A file that cannot be used, with everything that is wrong with it. */
class BadFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param place where in the file, as a JSON pointer; empty: the whole
     * @param key a key of the message files
     */
    record Problem(String place, String key, Object... words) {}

    BadFileException(List<Problem> problems) {
        super(null, null, false, false);
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}
