package dev.laurel.launch.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;

/**
 * Turns away whoever sends too many logins, launches, registrations or badges to check, before anything is looked up. The address is the
 * one that the server believes: a proxy's word for it counts only from the proxies that the operator named.
 */
public class LimitFilter extends TurnAwayFilter {

    private final Limits limits;

    public LimitFilter(Limits limits) {
        this.limits = limits;
    }

    /** The path as the server decoded it: what the dispatcher will see. */
    @Override
    boolean allows(HttpServletRequest request) {
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
