package dev.laurel.achievement.framework;

/** A file that is no framework, or too much of one. The message is a key of the message files. */
public class FrameworkRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    FrameworkRefusedException(String key) {
        super(key);
    }

    FrameworkRefusedException(String key, Throwable cause) {
        super(key, cause);
    }

    public String key() {
        return String.valueOf(getMessage());
    }
}
