package dev.laurel.launch.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * All that a session by a mailed link may ask for, besides what is open to everybody: a person's own badges, to look at, to save
 * and to share, and the end of the session and of the address. What is not here it cannot reach, also what is built later: nothing
 * of a course, no results that nobody sees yet, nothing that would speak for her once the address is gone, such as a wallet.
 */
class MailedPages implements RequestMatcher {

    private static final RequestMatcher ALLOWED = new OrRequestMatcher(
            all(
                    HttpMethod.GET,
                    "/home",
                    "/shelf",
                    "/my/shelf",
                    "/pictures/{imageId:\\d+}",
                    "/my/kit.zip",
                    "/my/transcript.pdf",
                    "/my/record.jws",
                    "/my/badges/{awardId}",
                    "/my/badges/{awardId}/image.png",
                    "/my/badges/{awardId}/image.svg",
                    "/my/badges/{awardId}/credential.json",
                    "/my/badges/{awardId}/credential.jwt",
                    "/my/badges/{awardId}/certificate.pdf",
                    "/my/badges/{awardId}/claim",
                    "/my/badges/{awardId}/disclosure",
                    "/my/badges/{awardId}/share",
                    "/my/badges/{awardId}/share/end"),
            all(
                    HttpMethod.POST,
                    "/my/shelf/leaving",
                    "/my/address/removal",
                    "/my/badges/{awardId}/claim",
                    "/my/badges/{awardId}/disclosure",
                    "/my/badges/{awardId}/share",
                    "/my/badges/{awardId}/share/until/{lastDay}",
                    "/my/badges/{awardId}/share/end",
                    "/my/badges/{awardId}/share/withdrawal"));

    @Override
    public boolean matches(HttpServletRequest request) {
        return ALLOWED.matches(request);
    }

    private static RequestMatcher all(HttpMethod method, String... patterns) {
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>map(
                        pattern -> PathPatternRequestMatcher.withDefaults().matcher(method, pattern))
                .toList());
    }
}
