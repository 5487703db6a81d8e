package dev.laurel.credential.check;

import jakarta.json.JsonObject;
import java.net.URI;

/** Where documents of others come from, within the bounds of one request. */
interface Web {

    /**
     * What stands at an address.
     *
     * @throws RefusedException where nothing usable came: {@code ADDRESS_REFUSED}, {@code UNREACHABLE}, {@code NOT_FOUND},
     *     {@code GONE}, {@code TOO_MANY_LOOKUPS}, {@code OUT_OF_TIME}
     */
    byte[] get(URI address);

    /** @throws RefusedException {@code OUT_OF_TIME} where all that was to be checked took too long already */
    void requireTime();

    /** @throws RefusedException also {@code ANSWER_UNREADABLE} where it is no JSON object */
    default JsonObject json(URI address) {
        try {
            return BadgeReader.object(get(address));
        } catch (RefusedException e) {
            throw isAboutJson(e) ? new RefusedException(Reason.ANSWER_UNREADABLE, address.toString()) : e;
        }
    }

    private static boolean isAboutJson(RefusedException e) {
        return e.reason() == Reason.JSON_BROKEN
                || e.reason() == Reason.TOO_LARGE
                || e.reason() == Reason.TOO_DEEP
                || e.reason() == Reason.TOO_MANY_PARTS
                || e.reason() == Reason.INEXACT;
    }

    /**
     * An address, which need not be one that is asked: over plain http only this installation itself is.
     *
     * @throws RefusedException where it is no address in the web
     */
    static URI address(String text) {
        try {
            URI address = URI.create(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            if (web && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new RefusedException(Reason.ADDRESS_REFUSED, text);
    }

    static URI withoutFragment(URI address) {
        String text = address.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? address : URI.create(text.substring(0, fragment));
    }
}
