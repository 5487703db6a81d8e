package dev.laurel.dashboard.reading;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.gradebook.canvas.CanvasApiKeys;
import dev.laurel.gradebook.canvas.CanvasAuthorization;
import dev.laurel.gradebook.canvas.CanvasCapability;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator of an institution lets Laurel read more of its Canvas. */
@Controller
@RequestMapping("/institution/canvas/{registrationId}")
class InstitutionCanvasController {

    private final CanvasApiKeys apiKeys;

    private final CanvasPermissions permissions;

    private final CanvasAuthorization authorization;

    private final WayToCanvas way;

    private final IrreversibleActs acts;

    private final Contexts contexts;

    private final Wording wording;

    InstitutionCanvasController(
            CanvasApiKeys apiKeys,
            CanvasPermissions permissions,
            CanvasAuthorization authorization,
            WayToCanvas way,
            IrreversibleActs acts,
            Contexts contexts,
            Wording wording) {
        this.apiKeys = apiKeys;
        this.permissions = permissions;
        this.authorization = authorization;
        this.way = way;
        this.acts = acts;
        this.contexts = contexts;
        this.wording = wording;
    }

    /** A permission for one course. */
    record OfCourse(String course, @Nullable String owner, CanvasPermissions.Permission permission) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long registrationId, Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        CanvasKeyForm form = apiKeys.key(tenant, own(tenant, registrationId).id())
                .map(CanvasKeyForm::of)
                .orElseGet(() -> new CanvasKeyForm(
                        apiKeys.proposedAddress(tenant, registrationId).orElse(""), "", "", List.of()));
        model.addAttribute("form", form);
        return show(tenant, registrationId, model, form);
    }

    @PostMapping
    String keep(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            @ModelAttribute("form") CanvasKeyForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        own(admin.tenant(), registrationId);
        acts.requireRole(admin);
        Set<CanvasApiKeys.KeyProblem> problems =
                apiKeys.keep(admin.tenant(), registrationId, form.entry(), admin.personId());
        if (problems.isEmpty()) {
            redirect.addFlashAttribute("flash", wording.say("reading.key.kept"));
            return "redirect:/institution/canvas/" + registrationId;
        }
        problems.forEach(problem -> {
            String name = problem.name().toLowerCase(Locale.ROOT);
            String field = name.startsWith("address") ? "address" : name.startsWith("client") ? "clientId" : "secret";
            String key = "reading.key." + name.replace('_', '-');
            errors.rejectValue(field, key, wording.say(key));
        });
        if (form.hasSecret() && !errors.hasFieldErrors("secret")) {
            // Once typed it goes to no page again, and an empty field keeps the old one.
            errors.rejectValue("secret", "reading.key.secret-again", wording.say("reading.key.secret-again"));
        }
        return show(admin.tenant(), registrationId, model, form);
    }

    @PostMapping("/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        own(admin.tenant(), registrationId);
        acts.requireRole(admin);
        apiKeys.removeKey(admin.tenant(), registrationId, admin.personId());
        redirect.addFlashAttribute("flash", wording.say("reading.key.removed"));
        return "redirect:/institution/canvas/" + registrationId;
    }

    @PostMapping("/permission")
    ModelAndView allow(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        own(admin.tenant(), registrationId);
        acts.requireWishAndRole(request, admin, allowing(registrationId));
        return way.leave(
                        request,
                        response,
                        new CanvasAuthorization.Traveller(admin.tenant(), admin.launchId(), registrationId, null))
                .orElseGet(() -> {
                    redirect.addFlashAttribute("flashProblem", wording.say("reading.no-key"));
                    return new ModelAndView("redirect:/institution/canvas/" + registrationId);
                });
    }

    @PostMapping("/withdrawal")
    String withdraw(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        own(admin.tenant(), registrationId);
        acts.requireRole(admin);
        permissions.withdraw(admin.tenant(), registrationId, null);
        redirect.addFlashAttribute("flash", wording.say("reading.withdrawn"));
        return "redirect:/institution/canvas/" + registrationId;
    }

    private Registration own(TenantId tenant, long registrationId) {
        return apiKeys.canvases(tenant).stream()
                .filter(registration -> registration.id() == registrationId)
                .findFirst()
                .orElseThrow(Allowed::notFound);
    }

    private String show(TenantId tenant, long registrationId, Model model, CanvasKeyForm form) {
        List<CanvasPermissions.Permission> all = permissions.permissions(tenant, registrationId);
        CanvasPermissions.Permission everywhere = all.stream()
                .filter(each -> each.contextId() == null)
                .findFirst()
                .orElse(null);
        model.addAttribute("registration", own(tenant, registrationId));
        model.addAttribute("key", apiKeys.key(tenant, registrationId).orElse(null));
        model.addAttribute("redirectUri", authorization.redirectUri());
        model.addAttribute("capabilities", CanvasCapability.values());
        model.addAttribute(
                "scopes",
                CanvasCapability.scopes(form.chosen().isEmpty() ? List.of(CanvasCapability.values()) : form.chosen()));
        model.addAttribute("permission", everywhere);
        model.addAttribute(
                "owner", everywhere == null ? null : Owners.name(contexts, tenant, everywhere.ownerPerson()));
        model.addAttribute("ofCourses", ofCourses(tenant, all));
        model.addAttribute("act", allowing(registrationId));
        return "dashboard/reading-institution";
    }

    private List<OfCourse> ofCourses(TenantId tenant, List<CanvasPermissions.Permission> all) {
        Set<Long> ids = all.stream()
                .map(CanvasPermissions.Permission::contextId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<Long, CourseContext> courses =
                contexts.find(tenant, ids).stream().collect(Collectors.toMap(CourseContext::id, Function.identity()));
        return all.stream()
                .filter(each -> courses.containsKey(each.contextId()))
                .map(each -> new OfCourse(
                        Objects.requireNonNull(courses.get(each.contextId())).title(),
                        Owners.name(contexts, tenant, each.ownerPerson()),
                        each))
                .toList();
    }

    private Act allowing(long registrationId) {
        return new Act(
                "/institution/canvas/" + registrationId + "/permission",
                wording.say("reading.institution.allow.title"),
                wording.say("reading.institution.allow.what"),
                wording.say("reading.allow"),
                "/institution/canvas/" + registrationId);
    }
}
