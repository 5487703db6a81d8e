package dev.laurel.platform;

/**
 * A platform's answer to being asked for a token of one scope.
 *
 * @param granted a token came, and it covers the scope
 * @param status of the HTTP answer
 * @param error the OAuth error code in parentheses, empty where the platform names none
 */
public record ScopeAnswer(boolean granted, int status, String error) {

    /** Whether the platform knows us and only this scope is not ours. */
    public boolean isOnlyNotGranted() {
        return !granted && (status < 400 || error.contains("invalid_scope") || error.contains("insufficient_scope"));
    }
}
