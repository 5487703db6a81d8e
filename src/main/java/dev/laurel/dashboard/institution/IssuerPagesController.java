package dev.laurel.dashboard.institution;

import dev.laurel.achievement.BadImageException;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.IssuerKeyring;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.explain.Say;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiPredicate;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the institution says of a name that speaks for it: it stands in every badge signed in that name. */
@Controller
@RequestMapping("/institution/issuers/{issuer}")
class IssuerPagesController {

    private final Issuers issuers;

    private final IssuerKeyring keyring;

    private final IrreversibleActs acts;

    private final Wording wording;

    private final Say say;

    IssuerPagesController(Issuers issuers, IssuerKeyring keyring, IrreversibleActs acts, Wording wording, Say say) {
        this.issuers = issuers;
        this.keyring = keyring;
        this.acts = acts;
        this.wording = wording;
        this.say = say;
    }

    @GetMapping
    String show(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long issuer, Model model) {
        SignedIn admin = Allowed.institutionAdmin(me);
        Issuer found = issuer(admin, issuer);
        model.addAttribute("form", IssuerForm.of(found));
        return page(admin, found, model);
    }

    @PostMapping
    String save(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long issuer,
            @ModelAttribute("form") IssuerForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        Issuer found = issuer(admin, issuer);
        form.check((field, key, words) -> errors.rejectValue(field, key, words, wording.say(key, words)));
        if (!errors.hasErrors()) {
            try {
                issuers.describe(admin.tenant(), found.id(), Typed.text(form.name()), form.details(), logo(form));
                redirect.addFlashAttribute("flash", wording.say("issuer.saved", Typed.text(form.name())));
                return "redirect:/institution#issuers";
            } catch (BadImageException e) {
                String key = String.valueOf(e.getMessage());
                errors.rejectValue("logo", key, wording.say(key));
            }
        }
        return page(admin, found, model);
    }

    /** New badges are signed with a new key; older ones stay valid. */
    @PostMapping("/key")
    String replaceKey(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long issuer,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        return changeKeys(
                me,
                issuer,
                request,
                redirect,
                new KeyChange(
                        this::replacing,
                        keyring::canBeReplaced,
                        "issuer.key.outside",
                        keyring::replace,
                        "issuer.key.replaced"));
    }

    /** Nothing that the keys of this name signed is believed any more; its badges are signed anew. */
    @PostMapping("/key/theft")
    String keyWasStolen(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long issuer,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        return changeKeys(
                me,
                issuer,
                request,
                redirect,
                new KeyChange(
                        found -> stolen(
                                found, keyring.of(Allowed.institutionAdmin(me).tenant(), found.id())),
                        keyring::canBeWithdrawn,
                        "issuer.theft.outside",
                        keyring::wereStolen,
                        "issuer.theft.done"));
    }

    private interface OnKeys {

        void change(TenantId tenant, long issuerId, long byPerson);
    }

    /**
     * @param refused the key of what is said where it may not be
     * @param done the key of what is said afterwards
     */
    private record KeyChange(
            Function<Issuer, Act> act, BiPredicate<TenantId, Long> may, String refused, OnKeys keys, String done) {}

    private String changeKeys(
            @Nullable SignedIn me,
            long issuer,
            HttpServletRequest request,
            RedirectAttributes redirect,
            KeyChange how) {
        SignedIn admin = Allowed.institutionAdmin(me);
        Issuer found = issuer(admin, issuer);
        acts.requireWishAndRole(request, admin, how.act().apply(found));
        if (!how.may().test(admin.tenant(), found.id())) {
            redirect.addFlashAttribute("flashProblem", wording.say(how.refused()));
        } else {
            how.keys().change(admin.tenant(), found.id(), admin.personId());
            redirect.addFlashAttribute("flash", wording.say(how.done(), found.name()));
        }
        return "redirect:/institution/issuers/" + found.id();
    }

    private String staysOutside(List<IssuerKeyring.Key> all) {
        String keys = all.stream()
                .filter(IssuerKeyring.Key::outside)
                .map(key -> wording.say("issuer.theft.stays.key", key.name(), say.day(key.since(), ZoneOffset.UTC)))
                .collect(Collectors.joining(", "));
        return keys.isEmpty() ? "" : " " + wording.say("issuer.theft.stays", keys);
    }

    private Act stolen(Issuer issuer, List<IssuerKeyring.Key> keys) {
        return new Act(
                "/institution/issuers/" + issuer.id() + "/key/theft",
                wording.say("issuer.theft.title", issuer.name()),
                wording.say("issuer.theft.act") + staysOutside(keys),
                wording.say("issuer.theft.button"),
                "/institution/issuers/" + issuer.id());
    }

    private Act replacing(Issuer issuer) {
        return new Act(
                "/institution/issuers/" + issuer.id() + "/key",
                wording.say("issuer.key.title", issuer.name()),
                wording.say("issuer.key.act"),
                wording.say("issuer.key.button"),
                "/institution/issuers/" + issuer.id());
    }

    /** {@code null}: as before; nothing: taken away. */
    private static byte @Nullable [] logo(IssuerForm form) {
        MultipartFile logo = form.logo();
        try {
            if (logo != null && !logo.isEmpty()) {
                return logo.getBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return form.takesLogoAway() ? new byte[0] : null;
    }

    private String page(SignedIn admin, Issuer issuer, Model model) {
        model.addAttribute("issuer", issuer);
        List<IssuerKeyring.Key> keys = keyring.of(admin.tenant(), issuer.id());
        model.addAttribute("keys", keys);
        model.addAttribute("keptOutside", !keyring.canBeReplaced(admin.tenant(), issuer.id()));
        model.addAttribute("replacing", replacing(issuer));
        model.addAttribute("stolen", stolen(issuer, keys));
        model.addAttribute("zone", ZoneOffset.UTC);
        return "dashboard/institution-issuer";
    }

    private Issuer issuer(SignedIn admin, long issuer) {
        return issuers.find(admin.tenant(), issuer)
                .filter(found -> found.kind() == Issuer.Kind.INSTITUTION)
                .orElseThrow(Allowed::notFound);
    }
}
