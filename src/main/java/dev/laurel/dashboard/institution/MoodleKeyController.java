package dev.laurel.dashboard.institution;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.OwnPlatforms;
import dev.laurel.gradebook.moodle.MoodleCapability;
import dev.laurel.gradebook.moodle.MoodleKeys;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import java.util.Locale;
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

/** The administrator of an institution gives Laurel a key to read more of its Moodle, or takes it away. */
@Controller
@RequestMapping("/institution/moodle/{registrationId}")
class MoodleKeyController {

    private final MoodleKeys keys;

    private final OwnPlatforms own;

    private final IrreversibleActs acts;

    private final Contexts contexts;

    private final Wording wording;

    MoodleKeyController(MoodleKeys keys, OwnPlatforms own, IrreversibleActs acts, Contexts contexts, Wording wording) {
        this.keys = keys;
        this.own = own;
        this.acts = acts;
        this.contexts = contexts;
        this.wording = wording;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long registrationId, Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        Registration registration = own.require(tenant, registrationId);
        MoodleKeys.Connected connected = keys.find(tenant, registrationId).orElse(null);
        model.addAttribute("registration", registration);
        model.addAttribute("connected", connected);
        model.addAttribute("addedBy", connected == null ? null : name(tenant, connected.addedBy()));
        model.addAttribute("capabilities", MoodleCapability.values());
        if (!model.containsAttribute("address")) {
            model.addAttribute(
                    "address",
                    connected == null
                            ? MoodleKeys.proposedAddress(registration)
                            : connected.address().toString());
        }
        return "dashboard/moodle-key";
    }

    private @Nullable String name(TenantId tenant, long personId) {
        Profile profile = contexts.profiles(tenant, List.of(personId)).get(personId);
        return profile == null ? null : profile.name();
    }

    @PostMapping
    String connect(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            @RequestParam String address,
            @RequestParam String token,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        Registration registration = own.require(admin.tenant(), registrationId);
        acts.requireRole(admin);
        MoodleKeys.Trial trial = keys.connect(admin.tenant(), registration, address, token, admin.personId());
        if (trial != MoodleKeys.Trial.WORKS) {
            redirect.addFlashAttribute("address", address);
            // Once typed it goes to no page again.
            redirect.addFlashAttribute("typeAgain", !token.isBlank());
        }
        return answer(trial, "moodle-key.connected", registrationId, redirect);
    }

    /** After something was changed in Moodle. */
    @PostMapping("/trial")
    String tryAgain(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        Registration registration = own.require(admin.tenant(), registrationId);
        MoodleKeys.Trial trial = keys.tryAgain(admin.tenant(), registration).orElseThrow(Allowed::notFound);
        return answer(trial, "moodle-key.still-works", registrationId, redirect);
    }

    @PostMapping("/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        own.require(admin.tenant(), registrationId);
        keys.remove(admin.tenant(), registrationId);
        redirect.addFlashAttribute("flash", wording.say("moodle-key.removed"));
        return "redirect:/institution/moodle/" + registrationId;
    }

    private String answer(MoodleKeys.Trial trial, String done, long registrationId, RedirectAttributes redirect) {
        if (trial == MoodleKeys.Trial.WORKS) {
            redirect.addFlashAttribute("flash", wording.say(done));
        } else {
            String key =
                    "moodle-key.trial." + trial.name().toLowerCase(Locale.ROOT).replace('_', '-');
            redirect.addFlashAttribute("flashProblem", wording.say(key));
            redirect.addFlashAttribute("trial", trial);
        }
        return "redirect:/institution/moodle/" + registrationId;
    }
}
