package dev.laurel.dashboard.institution;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.ObserverPolicy;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.course.LostAuthority;
import dev.laurel.dashboard.selftest.Families;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.SyncStatus;
import dev.laurel.gradebook.canvas.CanvasApiKeys;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the administrator of one institution sees: its courses, who may speak in its name, its connections. */
@Controller
@RequestMapping("/institution")
class InstitutionController {

    private static final int PER_PAGE = 50;

    private final Platforms platforms;

    private final Approvals deployments;

    private final DeploymentApprovals approvals;

    private final Contexts contexts;

    private final Gradebook gradebook;

    private final RuleSets ruleSets;

    private final Awards awards;

    private final Issuers issuers;

    private final ObserverPolicy observers;

    private final LostAuthority authority;

    private final CanvasApiKeys apiKeys;

    private final CanvasPermissions canvasPermissions;

    private final CredentialFormats formats;

    private final IrreversibleActs acts;

    private final Wording wording;

    InstitutionController(
            Platforms platforms,
            Approvals deployments,
            DeploymentApprovals approvals,
            Contexts contexts,
            Gradebook gradebook,
            RuleSets ruleSets,
            Awards awards,
            Issuers issuers,
            ObserverPolicy observers,
            LostAuthority authority,
            CanvasApiKeys apiKeys,
            CanvasPermissions canvasPermissions,
            CredentialFormats formats,
            IrreversibleActs acts,
            Wording wording) {
        this.platforms = platforms;
        this.deployments = deployments;
        this.approvals = approvals;
        this.contexts = contexts;
        this.gradebook = gradebook;
        this.ruleSets = ruleSets;
        this.awards = awards;
        this.issuers = issuers;
        this.observers = observers;
        this.authority = authority;
        this.apiKeys = apiKeys;
        this.canvasPermissions = canvasPermissions;
        this.formats = formats;
        this.acts = acts;
        this.wording = wording;
    }

    /** @param danger to the permission to read every course in it; {@code null} where there is none */
    record Canvas(long id, String name, CanvasPermissions.@Nullable Danger danger) {}

    private List<Canvas> canvases(TenantId tenant) {
        return apiKeys.canvases(tenant).stream()
                .map(canvas -> new Canvas(
                        canvas.id(),
                        canvas.name(),
                        canvasPermissions
                                .endangeredEverywhere(tenant, canvas.id())
                                .orElse(null)))
                .toList();
    }

    /**
     * A course without anything about a person in it.
     *
     * @param awarded badges that their holders were told of
     * @param silenced badges of the institution in it that it may not award any more
     */
    record Course(
            CourseContext context,
            SyncStatus sync,
            long active,
            long all,
            int awarded,
            @Nullable Issuer issuer,
            int silenced) {}

    /** Where launches come from. */
    record Connection(Deployment deployment, @Nullable Registration registration) {

        /** Whether more can be read from it with a key. */
        public boolean moodle() {
            return registration != null && Families.of(registration) == ProductFamily.MOODLE;
        }
    }

    /**
     * A connection that nobody approved yet.
     *
     * @param again the acts by which it is one from before
     */
    record Waiting(Connection connection, Act act, List<Act> again) {}

    /** What observers may, as addresses name it. */
    enum Observing {
        ALLOWED,
        FORBIDDEN
    }

    @GetMapping
    String institution(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String find,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        SignedIn admin = Allowed.institutionAdmin(me);
        TenantId tenant = admin.tenant();
        List<CourseContext> found = contexts.ofTenant(tenant).stream()
                .filter(course -> course.title()
                        .toLowerCase(Locale.ROOT)
                        .contains(find.strip().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(CourseContext::lastLaunchAt).reversed())
                .toList();
        int pages = Math.max(1, (found.size() + PER_PAGE - 1) / PER_PAGE);
        int shown = Math.min(Math.max(page, 1), pages);
        model.addAttribute("tenantName", platforms.tenantName(tenant));
        model.addAttribute("find", find);
        model.addAttribute("pageNumber", shown);
        model.addAttribute("pages", pages);
        model.addAttribute("found", found.size());
        model.addAttribute(
                "courses",
                courses(
                        tenant,
                        found.stream()
                                .skip((shown - 1L) * PER_PAGE)
                                .limit(PER_PAGE)
                                .toList()));
        model.addAttribute("issuers", issuers.ofInstitution(tenant));
        model.addAttribute("format", formats.of(tenant));
        model.addAttribute("observersAllowed", observers.isAllowed(tenant));
        model.addAttribute("connections", connections(tenant));
        model.addAttribute("canvases", canvases(tenant));
        model.addAttribute(
                "pending",
                deployments.approvableBy(tenant).stream()
                        .map(deployment -> new Waiting(
                                connection(deployment), approvals.act(deployment), approvals.again(deployment)))
                        .toList());
        return "dashboard/institution";
    }

    @PostMapping("/issuers")
    String createIssuer(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam String name, RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        String typed = Typed.text(name);
        if (typed.isEmpty() || typed.length() > 300) {
            redirect.addFlashAttribute("flashProblem", wording.say("institution.issuer.bad"));
            redirect.addFlashAttribute("typedIssuer", name);
        } else {
            issuers.createForInstitution(admin.tenant(), typed, admin.personId());
            redirect.addFlashAttribute("flash", wording.say("institution.issuer.created", typed));
        }
        return "redirect:/institution#issuers";
    }

    /** The last question before observers see anything, or nothing any more. */
    @GetMapping("/observers/{wanted}")
    String askObservers(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable Observing wanted, Model model) {
        Allowed.institutionAdmin(me);
        model.addAttribute("act", observing(wanted));
        return "launch/confirm-first";
    }

    @PostMapping("/observers/{wanted}")
    String observers(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable Observing wanted,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        acts.requireWishAndRole(request, admin, observing(wanted));
        observers.set(admin.tenant(), wanted == Observing.ALLOWED, admin.personId());
        redirect.addFlashAttribute(
                "flash", wording.say("institution.observers." + wanted.name().toLowerCase(Locale.ROOT)));
        return "redirect:/institution#observers";
    }

    private Act observing(Observing wanted) {
        boolean allow = wanted == Observing.ALLOWED;
        String button = wording.say(allow ? "institution.observers.allow" : "institution.observers.forbid");
        return new Act(
                "/institution/observers/" + wanted,
                button,
                wording.say("institution.observers.what"),
                button,
                "/institution");
    }

    private List<Course> courses(TenantId tenant, List<CourseContext> shown) {
        Map<Long, Issuer> grants = issuers.grants(tenant);
        List<RuleSet> all = ruleSets.ofContexts(
                tenant, shown.stream().map(CourseContext::id).toList());
        Map<Long, List<RuleSet>> byCourse = all.stream().collect(Collectors.groupingBy(RuleSet::contextId));
        Map<Long, List<RuleSet>> silenced =
                authority.among(tenant, all).stream().collect(Collectors.groupingBy(RuleSet::contextId));
        Map<Long, Integer> awarded =
                awards.counts(tenant, all.stream().map(RuleSet::id).toList());
        return shown.stream()
                .map(course -> course(
                        tenant,
                        course,
                        byCourse.getOrDefault(course.id(), List.of()),
                        awarded,
                        grants.get(course.id()),
                        silenced.getOrDefault(course.id(), List.of()).size()))
                .toList();
    }

    private Course course(
            TenantId tenant,
            CourseContext course,
            List<RuleSet> all,
            Map<Long, Integer> awardedByRuleSet,
            @Nullable Issuer issuer,
            int silenced) {
        long active = all.stream()
                .filter(each -> each.status() == RuleSet.Status.ACTIVE)
                .count();
        int awarded = all.stream()
                .mapToInt(each -> awardedByRuleSet.getOrDefault(each.id(), 0))
                .sum();
        return new Course(course, gradebook.status(tenant, course.id()), active, all.size(), awarded, issuer, silenced);
    }

    private List<Connection> connections(TenantId tenant) {
        return platforms.deployments().stream()
                .filter(deployment -> tenant.equals(deployment.tenant()))
                .map(this::connection)
                .toList();
    }

    private Connection connection(Deployment deployment) {
        return new Connection(
                deployment, platforms.registration(deployment.registrationId()).orElse(null));
    }
}
