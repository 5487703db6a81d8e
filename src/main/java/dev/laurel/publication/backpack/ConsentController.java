package dev.laurel.publication.backpack;

import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tenant.Tenants;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Asks a student, in plain words, whether a backpack may have her badges; and says what to do where nobody is logged in. */
@Controller
class ConsentController {

    private static final int LONGEST = 4_000;

    private final RegisteredClientRepository clients;

    private final Tenants tenants;

    ConsentController(RegisteredClientRepository clients, Tenants tenants) {
        this.clients = clients;
        this.tenants = tenants;
    }

    @GetMapping(BackpackSecurity.CONSENT)
    String consent(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(name = "client_id") String clientId,
            @RequestParam String scope,
            @RequestParam String state,
            HttpServletResponse response,
            Model model) {
        RegisteredClient client = clients.findByClientId(clientId);
        if (me == null || !me.isLearner() || !me.isHerself() || client == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        List<String> scopes =
                Arrays.stream(scope.split(" ")).filter(Scopes.ALL::contains).toList();
        String host = host(client);
        TenantId tenant = me.tenant();
        model.addAttribute("name", client.getClientName());
        model.addAttribute("host", host);
        model.addAttribute("institution", tenants.name(tenant));
        model.addAttribute("clientId", clientId);
        model.addAttribute("state", state);
        model.addAttribute("scopes", scopes);
        model.addAttribute("badges", scopes.contains(Scopes.CREDENTIALS));
        model.addAttribute("profile", scopes.contains(Scopes.PROFILE));
        model.addAttribute("offline", scopes.contains(Scopes.OFFLINE));
        model.addAttribute(
                "terms", BackpackClients.said(client, BackpackClients.TERMS).orElse(null));
        model.addAttribute(
                "privacy", BackpackClients.said(client, BackpackClients.PRIVACY).orElse(null));
        // The answer leads on to the backpack, in this window and in nobody's frame. Some browsers hold every redirect
        // after a form against form-action, and a backpack may lead on to any host of its own.
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self' https:; frame-ancestors 'none'");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return "publication/backpack-consent";
    }

    /** All its addresses are on one host. */
    private static String host(RegisteredClient client) {
        return client.getRedirectUris().stream()
                .map(uri -> URI.create(uri).getAuthority())
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** @param request the query of what the backpack asked for; it is only ever sent to where it came from */
    @GetMapping(BackpackSecurity.ABOUT)
    String about(@RequestParam(defaultValue = "") String request, Model model) {
        model.addAttribute(
                "goOn",
                request.isEmpty() || request.length() > LONGEST ? null : BackpackSecurity.AUTHORIZE + "?" + request);
        return "publication/backpack-about";
    }
}
