package dev.laurel.dashboard.institution;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.endorsement.Endorsement;
import dev.laurel.credential.endorsement.EndorsementRefusedException;
import dev.laurel.credential.endorsement.Endorsements;
import dev.laurel.credential.endorsement.HolderEndorsement;
import dev.laurel.credential.endorsement.HolderEndorsements;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.credential.endorsement.Speakers;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.FileOrText;
import dev.laurel.dashboard.Names;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.ForeignText;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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

/** What others say of the institution's badges, what their holders say, and what the institution says of badges of others. */
@Controller
@RequestMapping(EndorsementsController.PATH)
class EndorsementsController {

    static final String PATH = "/institution/endorsements";

    private static final int PER_PAGE = 30;

    private static final int LONGEST_ID = 500;

    private static final int LONGEST_TITLE = 300;

    private static final int LONGEST_REMARK = 2_000;

    private final Endorsements endorsements;

    private final HolderEndorsements holders;

    private final IssuedEndorsements issued;

    private final Speakers subjects;

    private final Issuers issuers;

    private final Names names;

    private final PublicUrl publicUrl;

    private final Wording wording;

    EndorsementsController(
            Endorsements endorsements,
            HolderEndorsements holders,
            IssuedEndorsements issued,
            Speakers subjects,
            Issuers issuers,
            Names names,
            PublicUrl publicUrl,
            Wording wording) {
        this.endorsements = endorsements;
        this.holders = holders;
        this.issued = issued;
        this.subjects = subjects;
        this.issuers = issuers;
        this.names = names;
        this.publicUrl = publicUrl;
        this.wording = wording;
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam(defaultValue = "1") int page, Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        int pages = Math.max(1, (endorsements.count(tenant) + PER_PAGE - 1) / PER_PAGE);
        int shown = Math.min(Math.max(page, 1), pages);
        List<Endorsement> brought = endorsements.all(tenant, (shown - 1) * PER_PAGE, PER_PAGE);
        List<HolderEndorsement> said = holders.all(tenant);
        model.addAttribute("brought", brought);
        model.addAttribute("said", said);
        model.addAttribute(
                "things",
                things(
                        tenant,
                        Stream.concat(
                                brought.stream().map(Endorsement::subject),
                                said.stream().map(HolderEndorsement::subject))));
        model.addAttribute(
                "names",
                names.of(
                        tenant,
                        said.stream()
                                .map(HolderEndorsement::personId)
                                .distinct()
                                .toList()));
        model.addAttribute("issued", issued.all(tenant));
        model.addAttribute("issuers", issuers.ofInstitution(tenant));
        model.addAttribute("address", publicUrl.at("/endorsements/"));
        model.addAttribute("pageNumber", shown);
        model.addAttribute("pages", pages);
        model.addAttribute("utc", ZoneOffset.UTC);
        return "dashboard/endorsements";
    }

    /** What these ids are called; at most two pages of them. */
    private Map<String, String> things(TenantId tenant, Stream<String> ids) {
        Map<String, String> called = new HashMap<>();
        ids.distinct().forEach(id -> called.put(id, subjects.nameOf(tenant, id).orElse(id)));
        return called;
    }

    @PostMapping
    String bring(@AuthenticationPrincipal @Nullable SignedIn me, FileOrText said, RedirectAttributes redirect)
            throws IOException {
        SignedIn admin = Allowed.institutionAdmin(me);
        byte[] brought = said.bytes();
        if (brought.length == 0) {
            redirect.addFlashAttribute("bringProblem", wording.say("endorsements.bring.nothing"));
            return "redirect:" + PATH + "#bring";
        }
        try {
            Endorsement endorsement = endorsements.bring(admin.tenant(), admin.personId(), brought);
            redirect.addFlashAttribute(
                    "flash", wording.say("endorsements.brought", ForeignText.shown(endorsement.endorser())));
            return "redirect:" + PATH;
        } catch (EndorsementRefusedException e) {
            String key = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            redirect.addFlashAttribute("bringProblem", wording.say("endorsements.refused." + key, e.detail()));
            redirect.addFlashAttribute("typedText", said.shownAgain());
            return "redirect:" + PATH + "#bring";
        }
    }

    @PostMapping("/{endorsementId}/decision")
    String decide(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long endorsementId,
            @RequestParam boolean shown,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        if (!endorsements.decide(admin.tenant(), endorsementId, shown, admin.personId())) {
            throw Allowed.notFound();
        }
        redirect.addFlashAttribute("flash", wording.say(shown ? "endorsements.shown" : "endorsements.hidden"));
        return "redirect:" + PATH;
    }

    /** @param written when what was read was written: what she wrote since waits to be read */
    @PostMapping("/holders/{awardId}/decision")
    String decideHolder(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam boolean shown,
            @RequestParam(defaultValue = "") String written,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        HolderEndorsement said = holders.find(admin.tenant(), awardId).orElseThrow(Allowed::notFound);
        boolean decided = said.writtenAt().toString().equals(written)
                && holders.decide(admin.tenant(), awardId, said.writtenAt(), shown, admin.personId());
        redirect.addFlashAttribute(
                decided ? "flash" : "flashProblem",
                wording.say(!decided ? "endorsements.changed" : shown ? "endorsements.shown" : "endorsements.hidden"));
        return "redirect:" + PATH + "#holders";
    }

    @PostMapping("/issued")
    String issue(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "0") long issuer,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String remark,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        String problem = problem(admin.tenant(), issuer, subject.strip(), title.strip(), remark.strip());
        if (problem != null) {
            redirect.addFlashAttribute("issueProblem", wording.say("endorsements.issue." + problem));
            redirect.addFlashAttribute("issueField", problem);
            redirect.addFlashAttribute("typedIssuer", issuer);
            redirect.addFlashAttribute("typedSubject", subject);
            redirect.addFlashAttribute("typedTitle", title);
            redirect.addFlashAttribute("typedRemark", remark);
            return "redirect:" + PATH + "#issue";
        }
        issued.issue(admin.tenant(), issuer, subject.strip(), title.strip(), remark.strip(), admin.personId());
        redirect.addFlashAttribute("flash", wording.say("endorsements.issued"));
        return "redirect:" + PATH + "#issued";
    }

    private @Nullable String problem(TenantId tenant, long issuer, String subject, String title, String remark) {
        if (issuers.ofInstitution(tenant).stream().noneMatch(each -> each.id() == issuer)) {
            return "issuer";
        }
        boolean isId = Alignment.isUrl(subject) || subject.matches("did:[a-z]+:[A-Za-z0-9._:%-]+");
        if (!isId
                || subject.length() > LONGEST_ID
                || subjects.nameOf(tenant, subject).isPresent()) {
            return "subject";
        }
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            return "title";
        }
        return remark.isEmpty() || remark.length() > LONGEST_REMARK ? "remark" : null;
    }

    @PostMapping("/issued/{endorsementId}/end")
    String end(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long endorsementId,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        if (!issued.end(admin.tenant(), endorsementId, admin.personId())) {
            throw Allowed.notFound();
        }
        redirect.addFlashAttribute("flash", wording.say("endorsements.issued.ended"));
        return "redirect:" + PATH + "#issued";
    }
}
