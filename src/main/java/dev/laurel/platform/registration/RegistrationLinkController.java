package dev.laurel.platform.registration;

import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.Tenant;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where the operator makes the links by which platforms register themselves. */
@Controller
@RequestMapping("/operator/registration-links")
class RegistrationLinkController {

    private static final String PAGE = "redirect:/operator/registration-links";

    private static final int LONGEST_TENANT = 200;

    private final RegistrationLinks links;

    private final Platforms platforms;

    private final Wording wording;

    private final Clock clock;

    RegistrationLinkController(RegistrationLinks links, Platforms platforms, Wording wording, Clock clock) {
        this.links = links;
        this.platforms = platforms;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * A link as the page shows it.
     *
     * @param url while it can be used
     * @param renews the name of the registration that is registered again
     * @param made the name of what it made
     */
    record View(
            RegistrationLink link,
            String institution,
            @Nullable String url,
            @Nullable String renews,
            @Nullable String made) {}

    @GetMapping
    String page(Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        model.addAttribute("tenants", platforms.tenants());
        model.addAttribute("links", links.all().stream().map(this::view).toList());
        return "operator/registration-links";
    }

    @PostMapping
    String create(
            @RequestParam(defaultValue = "") String tenant,
            @RequestParam(defaultValue = "") String newTenant,
            RedirectAttributes redirect) {
        String name = newTenant.isBlank() ? tenant.strip() : newTenant.strip();
        if (name.isEmpty() || name.length() > LONGEST_TENANT) {
            redirect.addFlashAttribute("flashProblem", wording.say("operator.link.unnamed"));
            return PAGE;
        }
        links.create(platforms.tenantNamed(name), null);
        redirect.addFlashAttribute("flash", wording.say("operator.link.created", name));
        return PAGE;
    }

    /** A link by which a platform that we know registers again: it stays the same registration, with its people. */
    @PostMapping("/renewals")
    String renew(@RequestParam long registration, RedirectAttributes redirect) {
        Registration renewed = platforms
                .registration(registration)
                .filter(r -> !r.fromFile())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        List<TenantId> tenants = platforms.deployments().stream()
                .filter(d -> d.registrationId() == renewed.id())
                .map(Deployment::tenant)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (tenants.size() != 1) {
            redirect.addFlashAttribute("flashProblem", wording.say("operator.link.not-one", renewed.name()));
            return PAGE;
        }
        links.create(tenants.get(0), renewed.id());
        redirect.addFlashAttribute("flash", wording.say("operator.link.created", platforms.tenantName(tenants.get(0))));
        return PAGE;
    }

    @PostMapping("/{id}/withdrawal")
    String withdraw(@PathVariable long id, RedirectAttributes redirect) {
        links.withdraw(id);
        redirect.addFlashAttribute("flash", wording.say("operator.link.withdrawn"));
        return PAGE;
    }

    private View view(RegistrationLink link) {
        String institution = platforms.tenants().stream()
                .filter(tenant -> tenant.id().equals(link.tenant()))
                .map(Tenant::name)
                .findFirst()
                .orElse("");
        return new View(
                link,
                institution,
                link.isOpen(clock.instant()) ? links.url(link) : null,
                name(link.renewsId()),
                name(link.registrationId()));
    }

    private @Nullable String name(@Nullable Long registration) {
        return registration == null
                ? null
                : platforms.registration(registration).map(Registration::name).orElse(null);
    }
}
