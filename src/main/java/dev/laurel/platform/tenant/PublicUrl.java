package dev.laurel.platform.tenant;

import java.net.URI;

/**
 * The address under which Laurel is known for ever: DIDs, credential ids and shared pages are made of it. No trailing
 * slash.
 */
public record PublicUrl(URI value) {

    /** The address of a path that starts with a slash. */
    public String at(String path) {
        return value + path;
    }

    public boolean isHttps() {
        return "https".equals(value.getScheme());
    }

    /** {@code scheme://host[:port]} */
    public String origin() {
        return value.getScheme() + "://" + value.getAuthority();
    }
}
