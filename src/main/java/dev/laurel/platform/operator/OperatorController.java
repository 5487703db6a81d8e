package dev.laurel.platform.operator;

import dev.laurel.platform.Approvals;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.Tenant;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.SetAsideJobs;
import dev.laurel.platform.road.SetAsideWork;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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

/** Registrations, deployments and jobs of the whole installation. */
@Controller
@RequestMapping("/operator")
class OperatorController {

    private static final int LONGEST_TENANT = 200;

    private final Platforms platforms;

    private final Approvals approvals;

    private final SetAsideJobs jobs;

    private final List<SetAsideWork> work;

    private final Health health;

    private final InstallChecklist install;

    private final Wording wording;

    OperatorController(
            Platforms platforms,
            Approvals approvals,
            SetAsideJobs jobs,
            List<SetAsideWork> work,
            Health health,
            InstallChecklist install,
            Wording wording) {
        this.platforms = platforms;
        this.approvals = approvals;
        this.jobs = jobs;
        this.work = work;
        this.health = health;
        this.install = install;
        this.wording = wording;
    }

    @GetMapping
    String overview(Model model) {
        model.addAttribute(
                "pending",
                platforms.deployments().stream()
                        .filter(d -> d.status() == Deployment.Status.PENDING)
                        .count());
        model.addAttribute(
                "jobs",
                jobs.all().size()
                        + work.stream().mapToInt(each -> each.waiting().size()).sum());
        model.addAttribute("steps", health.steps());
        List<InstallChecklist.Tested> tests = install.tests();
        List<InstallChecklist.Step> steps = install.steps(tests);
        model.addAttribute("tests", tests);
        model.addAttribute("install", steps);
        model.addAttribute("installed", steps.stream().allMatch(InstallChecklist.Step::done));
        return "operator/overview";
    }

    @GetMapping("/registrations")
    String registrations(Model model) {
        model.addAttribute("registrations", platforms.registrations());
        return "operator/registrations";
    }

    /** Nothing that comes from a test copy is ever real. */
    @PostMapping("/registrations/{id}/test-copy")
    String markTestCopy(@PathVariable long id, @RequestParam boolean marked, RedirectAttributes redirect) {
        Registration registration = platforms
                .registration(id)
                .filter(r -> !r.fromFile())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        platforms.setTestCopy(id, marked);
        redirect.addFlashAttribute(
                "flash",
                wording.say(marked ? "operator.test-copy.marked" : "operator.test-copy.unmarked", registration.name()));
        return "redirect:/operator/registrations";
    }

    @PostMapping("/registrations/{id}/activation")
    String activateRegistration(@PathVariable long id, @RequestParam boolean active, RedirectAttributes redirect) {
        Registration registration = platforms
                .registration(id)
                .filter(r -> !r.fromFile())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        platforms.setActive(id, active);
        redirect.addFlashAttribute(
                "flash",
                wording.say(
                        active ? "operator.registration.enabled" : "operator.registration.disabled",
                        registration.name()));
        return "redirect:/operator/registrations";
    }

    @GetMapping("/deployments")
    String deployments(Model model) {
        List<Deployment> deployments = platforms.deployments();
        List<Tenant> tenants = platforms.tenants();
        model.addAttribute("deployments", deployments);
        model.addAttribute(
                "suggestions",
                deployments.stream()
                        .filter(d -> d.tenant() == null)
                        .collect(Collectors.toMap(
                                Deployment::pk, d -> Suggestion.of(d, isShared(d), deployments, tenants))));
        model.addAttribute(
                "former",
                deployments.stream()
                        .filter(d -> d.tenant() == null)
                        .collect(Collectors.toMap(Deployment::pk, approvals::mayHaveBeen)));
        model.addAttribute(
                "registrations",
                platforms.registrations().stream().collect(Collectors.toMap(Registration::id, Function.identity())));
        model.addAttribute("tenants", tenants);
        model.addAttribute("tenantNames", names(tenants));
        return "operator/deployments";
    }

    @PostMapping("/deployments/{pk}/approval")
    String approve(
            @PathVariable long pk,
            @RequestParam(defaultValue = "") String tenant,
            @RequestParam(defaultValue = "") String newTenant,
            @RequestParam(defaultValue = "0") long former,
            RedirectAttributes redirect) {
        Deployment deployment = deployment(pk);
        if (former != 0) {
            return approveAs(deployment, former, redirect);
        }
        String name = newTenant.isBlank() ? tenant.strip() : newTenant.strip();
        if (deployment.tenant() != null) {
            name = platforms.tenantName(deployment.tenant());
        }
        if (name.isEmpty() || name.length() > LONGEST_TENANT) {
            redirect.addFlashAttribute("flashProblem", wording.say("operator.deployment.unnamed"));
            return "redirect:/operator/deployments";
        }
        approvals.approve(pk, name);
        redirect.addFlashAttribute(
                "flash", wording.say("operator.deployment.approved", deployment.deploymentId(), name));
        return "redirect:/operator/deployments";
    }

    private String approveAs(Deployment deployment, long former, RedirectAttributes redirect) {
        try {
            approvals.approveAs(deployment.pk(), former);
            redirect.addFlashAttribute(
                    "flash", wording.say("operator.deployment.came-back", deployment.deploymentId()));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("flashProblem", wording.say("operator.deployment.launched-meanwhile"));
        }
        return "redirect:/operator/deployments";
    }

    @PostMapping("/deployments/{pk}/suspension")
    String suspend(@PathVariable long pk, RedirectAttributes redirect) {
        Deployment deployment = deployment(pk);
        approvals.disable(pk);
        redirect.addFlashAttribute("flash", wording.say("operator.deployment.suspended", deployment.deploymentId()));
        return "redirect:/operator/deployments";
    }

    @GetMapping("/jobs")
    String jobs(Model model) {
        model.addAttribute("jobs", jobs.all());
        model.addAttribute("work", given());
        return "operator/jobs";
    }

    @PostMapping("/jobs/{reference}/attempts")
    String tryAgain(@PathVariable String reference, RedirectAttributes redirect) {
        jobs.tryAgain(new Reference(reference));
        redirect.addFlashAttribute("flash", wording.say("operator.job.tried"));
        return "redirect:/operator/jobs";
    }

    /** Everything of one institution, whatever the reason was. */
    @PostMapping("/jobs/set-aside/{kind}/{tenant}/attempts")
    String tryWorkAgain(@PathVariable String kind, @PathVariable long tenant, RedirectAttributes redirect) {
        SetAsideWork asked = work.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        asked.tryAgain(new TenantId(tenant));
        redirect.addFlashAttribute("flash", wording.say("operator.job.tried"));
        return "redirect:/operator/jobs";
    }

    /** What was given up on piece by piece, for one reason in one institution. */
    record Given(String kind, String institution, SetAsideWork.Waiting waiting) {}

    private List<Given> given() {
        Map<Long, String> names = names(platforms.tenants());
        return work.stream()
                .flatMap(each -> each.waiting().stream()
                        .map(waiting -> new Given(
                                each.kind(), names.getOrDefault(waiting.tenant().value(), ""), waiting)))
                .toList();
    }

    private static Map<Long, String> names(List<Tenant> tenants) {
        return tenants.stream().collect(Collectors.toMap(tenant -> tenant.id().value(), Tenant::name));
    }

    private boolean isShared(Deployment deployment) {
        return platforms
                .registration(deployment.registrationId())
                .filter(registration -> !registration.isShared())
                .isEmpty();
    }

    private Deployment deployment(long pk) {
        List<Deployment> found =
                platforms.deployments().stream().filter(d -> d.pk() == pk).toList();
        if (found.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return found.get(0);
    }
}
