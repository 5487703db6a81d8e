package dev.laurel.dashboard.institution;

import dev.laurel.credential.leaving.Arrived;
import dev.laurel.credential.leaving.ArrivedCredential;
import dev.laurel.credential.leaving.ArrivedIssuer;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Badges of an issuer that was brought here, for the institution's administrator: read, saved, taken back. */
@Controller
@RequestMapping("/institution/archives/arrived/{arrivalId}")
class ArrivedBadgesController {

    private static final int PER_PAGE = 50;

    private final Arrived arrived;

    private final IrreversibleActs acts;

    private final Wording wording;

    ArrivedBadgesController(Arrived arrived, IrreversibleActs acts, Wording wording) {
        this.arrived = arrived;
        this.acts = acts;
        this.wording = wording;
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable UUID arrivalId,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        SignedIn admin = Allowed.institutionAdmin(me);
        ArrivedIssuer issuer = issuer(admin, arrivalId);
        int pages = Math.max(1, (issuer.credentials() + PER_PAGE - 1) / PER_PAGE);
        int shown = Math.min(Math.max(page, 1), pages);
        model.addAttribute("issuer", issuer);
        model.addAttribute("pageNumber", shown);
        model.addAttribute("pages", pages);
        model.addAttribute(
                "credentials", arrived.credentials(admin.tenant(), issuer, (shown - 1) * PER_PAGE, PER_PAGE));
        model.addAttribute("addresses", arrived.addresses(admin.tenant(), issuer));
        model.addAttribute("utc", ZoneOffset.UTC);
        return "dashboard/arrived";
    }

    @GetMapping("/credentials/{credentialId}/badge.json")
    ResponseEntity<byte[]> json(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable UUID arrivalId,
            @PathVariable UUID credentialId) {
        return saved(me, arrivalId, credentialId, false);
    }

    @GetMapping("/credentials/{credentialId}/badge.jwt")
    ResponseEntity<byte[]> jwt(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable UUID arrivalId,
            @PathVariable UUID credentialId) {
        return saved(me, arrivalId, credentialId, true);
    }

    private ResponseEntity<byte[]> saved(@Nullable SignedIn me, UUID arrivalId, UUID credentialId, boolean jwt) {
        SignedIn admin = Allowed.institutionAdmin(me);
        ArrivedCredential credential = credential(admin, issuer(admin, arrivalId), credentialId);
        return ResponseEntity.ok()
                .contentType(jwt ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(credentialId + (jwt ? ".jwt" : ".json"))
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noStore().cachePrivate())
                .body(arrived.bytes(admin.tenant(), credential, jwt).orElseThrow(Allowed::notFound));
    }

    /** The last question before a badge is taken back. */
    @GetMapping("/credentials/{credentialId}/withdrawal")
    String ask(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable UUID arrivalId,
            @PathVariable UUID credentialId,
            Model model) {
        SignedIn admin = Allowed.institutionAdmin(me);
        ArrivedIssuer issuer = issuer(admin, arrivalId);
        model.addAttribute("act", withdrawal(issuer, credential(admin, issuer, credentialId)));
        return "launch/confirm-first";
    }

    @PostMapping("/credentials/{credentialId}/withdrawal")
    String withdraw(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable UUID arrivalId,
            @PathVariable UUID credentialId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        ArrivedIssuer issuer = issuer(admin, arrivalId);
        Act act = withdrawal(issuer, credential(admin, issuer, credentialId));
        acts.requireWishAndRole(request, admin, act);
        boolean done = arrived.withdraw(admin.tenant(), issuer, credentialId, admin.personId());
        redirect.addFlashAttribute(
                done ? "flash" : "flashProblem", wording.say(done ? "arrived.withdrawn" : "arrived.not-withdrawn"));
        return "redirect:" + path(issuer);
    }

    private Act withdrawal(ArrivedIssuer issuer, ArrivedCredential credential) {
        return new Act(
                path(issuer) + "/credentials/" + credential.id() + "/withdrawal",
                wording.say("arrived.withdraw.title", credential.badge()),
                wording.say("arrived.withdraw.detail"),
                wording.say("arrived.withdraw.button"),
                path(issuer));
    }

    private static String path(ArrivedIssuer issuer) {
        return "/institution/archives/arrived/" + issuer.arrivalId();
    }

    private ArrivedIssuer issuer(SignedIn admin, UUID arrivalId) {
        return arrived.issuer(admin.tenant(), arrivalId).orElseThrow(Allowed::notFound);
    }

    private ArrivedCredential credential(SignedIn admin, ArrivedIssuer issuer, UUID id) {
        return arrived.credential(admin.tenant(), issuer, id).orElseThrow(Allowed::notFound);
    }
}
