package dev.laurel.launch.web;

import dev.laurel.launch.Launches;
import dev.laurel.launch.OpenLaunches;
import dev.laurel.launch.confirm.Confirmations;
import dev.laurel.launch.session.MailedVisitors;
import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns the launch number in the session into the authentication of this one request; none any more once the launch counts
 * no longer. A session by a mailed link stands for an address and counts as long as that does. The button of a window that asks
 * has a ticket instead, whatever session the browser has.
 */
class SignInFilter extends OncePerRequestFilter {

    private final BrowserSession session;

    private final OpenLaunches launches;

    private final MailedVisitors visitors;

    private final Confirmations confirmations;

    private final RequestMatcher open;

    /** @param open requests that need no session; for them none is looked up */
    SignInFilter(
            BrowserSession session,
            OpenLaunches launches,
            MailedVisitors visitors,
            Confirmations confirmations,
            RequestMatcher open) {
        this.session = session;
        this.launches = launches;
        this.visitors = visitors;
        this.confirmations = confirmations;
        this.open = open;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean redeeming = Confirmations.isRedeeming(request);
        Optional<Authentication> authentication = redeeming ? byTicket(request) : bySession(request);
        if (redeeming && authentication.isEmpty()) {
            ErrorPages.refuse(request, response, "act-used");
            return;
        }
        authentication.ifPresent(who -> {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(who);
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open.matches(request);
    }

    private Optional<Authentication> byTicket(HttpServletRequest request) {
        return confirmations
                .redeem(request)
                .flatMap(ticket -> launches.find(ticket.tenant(), ticket.launchId()))
                .map(LaunchAuthentication::new);
    }

    private Optional<Authentication> bySession(HttpServletRequest request) {
        if (session.isOperator(request)) {
            return Optional.of(new OperatorAuthentication());
        }
        Optional<BrowserSession.Key> mailed = session.mailed(request);
        if (mailed.isPresent() || session.mailedBefore(request).isPresent()) {
            Optional<Authentication> visitor = mailed.flatMap(key -> visitors.personOf(key.tenant(), key.id())
                    .map(person -> new MailedAuthentication(SignedIn.byMail(key.tenant(), person))));
            if (visitor.isEmpty()) {
                request.setAttribute(ErrorPages.KIND, "left-mail");
            }
            return visitor;
        }
        Optional<BrowserSession.Key> key = session.launch(request);
        Optional<Launches.Stored> launch = key.flatMap(k -> launches.find(k.tenant(), k.id()));
        if (launch.isEmpty()
                && key.filter(k -> launches.hasEnded(k.tenant(), k.id())).isPresent()) {
            request.setAttribute(ErrorPages.KIND, "left-staff");
        }
        return launch.map(LaunchAuthentication::new);
    }
}
