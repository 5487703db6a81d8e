package dev.laurel.dashboard.institution;

import dev.laurel.context.Erasures;
import dev.laurel.context.Profile;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Pages;
import dev.laurel.launch.Admission;
import dev.laurel.launch.Launches;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tool.LtiMessage;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * What is stored about somebody: their own data for everybody, and for the institution's administrator those of the person
 * whom a data privacy launch names.
 */
@Controller
@RequestMapping(Pages.PRIVACY)
class PrivacyController {

    private final PersonData data;

    private final OwnLinks links;

    private final Launches launches;

    private final Platforms platforms;

    private final Erasures erasures;

    private final IrreversibleActs acts;

    private final Wording wording;

    PrivacyController(
            PersonData data,
            OwnLinks links,
            Launches launches,
            Platforms platforms,
            Erasures erasures,
            IrreversibleActs acts,
            Wording wording) {
        this.data = data;
        this.links = links;
        this.launches = launches;
        this.platforms = platforms;
        this.erasures = erasures;
        this.acts = acts;
        this.wording = wording;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        SignedIn reader = signedIn(me);
        Optional<PersonData.Contents> contents = contents(reader);
        model.addAttribute("own", named(reader).isEmpty());
        model.addAttribute("tenantName", platforms.tenantName(reader.tenant()));
        model.addAttribute("data", contents.orElse(null));
        model.addAttribute(
                "who",
                contents.map(PersonData.Contents::profile)
                        .flatMap(Profile::fullName)
                        .orElse(null));
        model.addAttribute("utc", ZoneOffset.UTC);
        model.addAttribute(
                "act",
                contents.filter(stored -> named(reader).isEmpty())
                        .map(stored -> erasure(stored.links().elsewhere()))
                        .orElse(null));
        return "dashboard/privacy";
    }

    /** The same as a file. */
    @GetMapping("/data.json")
    ResponseEntity<PersonData.Contents> file(@AuthenticationPrincipal @Nullable SignedIn me) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"laurel-data.json\"")
                .cacheControl(CacheControl.noStore())
                .body(contents(signedIn(me)).orElseThrow(Allowed::notFound));
    }

    /** Everything that is stored about the person herself, for good. Somebody else's only they can delete. */
    @PostMapping("/erasure")
    String erase(@AuthenticationPrincipal @Nullable SignedIn me, HttpServletRequest request, Model model) {
        SignedIn who = signedIn(me);
        if (named(who).isPresent() || who.acting().isReadOnly()) {
            throw Allowed.notFound();
        }
        List<String> elsewhere = links.elsewhere(who.tenant(), who.personId());
        acts.requireWish(request, who, erasure(elsewhere));
        model.addAttribute("elsewhere", elsewhere);
        erasures.erase(who.tenant(), who.personId());
        return "dashboard/erased";
    }

    /** @param elsewhere platforms where she has accounts that stay */
    private Act erasure(List<String> elsewhere) {
        String what = wording.say("privacy.erase.detail");
        return new Act(
                Pages.PRIVACY + "/erasure",
                wording.say("privacy.erase.title"),
                elsewhere.isEmpty()
                        ? what
                        : what + " " + wording.say("privacy.erase.elsewhere", String.join(", ", elsewhere)),
                wording.say("privacy.erase.button"),
                Pages.PRIVACY);
    }

    /** Empty where the launch names somebody of whom nothing is stored. */
    private Optional<PersonData.Contents> contents(SignedIn me) {
        long personId = named(me).orElse(me.personId());
        return personId == Admission.UNKNOWN_PERSON
                ? Optional.empty()
                : Optional.of(data.of(me.tenant(), personId))
                        .filter(contents -> !contents.isEmpty())
                        .map(contents -> me.acting().isReadOnly() || named(me).isPresent()
                                ? contents.withoutOwnAddress()
                                : contents);
    }

    /** Somebody else, whom an administrator asks about; anybody else's question is about themselves. */
    private Optional<Long> named(SignedIn me) {
        return launches.find(me.tenant(), me.launchId())
                .filter(launch -> me.isInstitutionAdmin())
                .filter(launch -> LtiMessage.of(launch.messageType()).equals(Optional.of(LtiMessage.DATA_PRIVACY)))
                .map(Launches.Stored::aboutPersonId)
                .filter(personId -> personId != me.personId());
    }

    private static SignedIn signedIn(@Nullable SignedIn me) {
        if (me == null) {
            throw Allowed.notFound();
        }
        return me;
    }
}
