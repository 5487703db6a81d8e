package dev.laurel.launch.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away whoever sends too many logins, launches, registrations or badges to check, before anything is looked up. The address is the
 * one that the server believes: a proxy's word for it counts only from the proxies that the operator named.
 */
public class LimitFilter extends OncePerRequestFilter {

    private static final String SECONDS = "60";

    private final Limits limits;

    public LimitFilter(Limits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (allows(request)) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        }
    }

    /** The path as the server decoded it: what the dispatcher will see. */
    private boolean allows(HttpServletRequest request) {
        String path = request.getServletPath();
        if (path.equals("/verify") && HttpMethod.POST.matches(request.getMethod())) {
            return limits.allowsCheckFrom(ClientNetwork.of(request.getRemoteAddr()));
        }
        if (!path.startsWith("/lti/")) {
            return true;
        }
        ClientNetwork client = ClientNetwork.of(request.getRemoteAddr());
        return switch (path) {
            case "/lti/login" -> limits.allowsLoginFrom(client);
            case "/lti/launch", "/lti/launch/finish", "/lti/hand-over", "/lti/notices" ->
                limits.allowsLaunchFrom(client);
            default -> !path.startsWith("/lti/register") || limits.allowsRegistrationFrom(client);
        };
    }
}
