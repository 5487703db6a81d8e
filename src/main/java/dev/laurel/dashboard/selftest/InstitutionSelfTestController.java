package dev.laurel.dashboard.selftest;

import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.OwnPlatforms;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.SelfTest;
import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The self-test of one institution's own connection to a platform, for its administrator. */
@Controller
@RequestMapping("/institution/self-test/{registrationId}")
class InstitutionSelfTestController {

    private final Platforms platforms;

    private final SelfTest selfTest;

    private final Reports reports;

    private final ReportFiles files;

    private final OwnPlatforms own;

    InstitutionSelfTestController(
            Platforms platforms, SelfTest selfTest, Reports reports, ReportFiles files, OwnPlatforms own) {
        this.platforms = platforms;
        this.selfTest = selfTest;
        this.reports = reports;
        this.files = files;
        this.own = own;
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            HttpServletResponse response,
            Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        Registration registration = own.require(tenant, registrationId);
        TryCookies.set(response);
        show(tenant, registration, model);
        return "dashboard/institution-self-test";
    }

    /** Only what changes, for a page that stays open. */
    @GetMapping("/progress")
    String progress(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long registrationId, Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        show(tenant, own.require(tenant, registrationId), model);
        return "fragments/self-test :: report";
    }

    @PostMapping
    String run(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            @RequestParam(defaultValue = "false") boolean column,
            HttpServletRequest request) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        selfTest.ask(tenant, own.require(tenant, registrationId).id(), column, TryCookies.back(request));
        return "redirect:/institution/self-test/" + registrationId;
    }

    @GetMapping("/report.txt")
    ResponseEntity<byte[]> text(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long registrationId) {
        return files.text(report(Allowed.institutionAdmin(me).tenant(), registrationId));
    }

    @GetMapping("/report.json")
    ResponseEntity<byte[]> json(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long registrationId) {
        return files.json(report(Allowed.institutionAdmin(me).tenant(), registrationId));
    }

    private void show(TenantId tenant, Registration registration, Model model) {
        String action = "/institution/self-test/" + registration.id();
        model.addAttribute("registration", registration);
        model.addAttribute("action", action);
        model.addAttribute("progress", action + "/progress");
        selfTest.latest(tenant, registration.id())
                .ifPresent(run ->
                        model.addAttribute("report", reports.of(run, registration, platforms.tenantName(tenant))));
    }

    private Report report(TenantId tenant, long registrationId) {
        Registration registration = own.require(tenant, registrationId);
        return selfTest.latest(tenant, registrationId)
                .map(run -> reports.of(run, registration, platforms.tenantName(tenant)))
                .orElseThrow(Allowed::notFound);
    }
}
