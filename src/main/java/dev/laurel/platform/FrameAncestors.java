package dev.laurel.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who may frame the answer to one request, where that is not the platforms that we know already. */
public final class FrameAncestors {

    private static final String ATTRIBUTE = FrameAncestors.class.getName();

    private FrameAncestors() {}

    /** @param origins checked already, separated by blanks: they go into a header as they are */
    public static void allow(HttpServletRequest request, String origins) {
        request.setAttribute(ATTRIBUTE, origins);
    }

    public static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(ATTRIBUTE));
    }
}
