package dev.laurel.dashboard.institution;

import dev.laurel.credential.leaving.ArchiveArrival;
import dev.laurel.credential.leaving.ArchiveImport;
import dev.laurel.credential.leaving.ArchiveReception;
import dev.laurel.credential.leaving.ArchiveRefusedException;
import dev.laurel.credential.leaving.Arrived;
import dev.laurel.credential.leaving.IssuerArchives;
import dev.laurel.credential.leaving.Passage;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Names;
import dev.laurel.gradebook.LongWork;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The institution takes everything of its badges with it, or brings such an archive here. */
@Controller
@RequestMapping(ArchivesController.PATH)
class ArchivesController {

    static final String PATH = "/institution/archives";

    /** Shows why nothing of an upload was read. */
    static final String NOT_KEPT = PATH + "?not-kept#bring";

    private final IssuerArchives archives;

    private final ArchiveImport imports;

    private final Arrived arrived;

    private final IrreversibleActs acts;

    private final Names names;

    private final Wording wording;

    private final ArchiveSettings settings;

    private final Clock clock;

    ArchivesController(
            IssuerArchives archives,
            ArchiveImport imports,
            Arrived arrived,
            IrreversibleActs acts,
            Names names,
            Wording wording,
            ArchiveSettings settings,
            Clock clock) {
        this.archives = archives;
        this.imports = imports;
        this.arrived = arrived;
        this.acts = acts;
        this.names = names;
        this.wording = wording;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(name = "not-kept", required = false) @Nullable String notKept,
            Model model) {
        SignedIn admin = Allowed.institutionAdmin(me);
        if (notKept != null) {
            model.addAttribute("bringProblem", refused(ArchiveRefusedException.Reason.UNDER_WAY));
        }
        List<Passage> passages = archives.passages(admin.tenant());
        Optional<ArchiveArrival> arrival = imports.latest(admin.tenant());
        model.addAttribute(
                "permitted",
                archives.permitted(admin.tenant(), admin.personId()).isPresent());
        model.addAttribute("act", permission());
        model.addAttribute("shortest", IssuerArchives.SHORTEST_PASSPHRASE);
        model.addAttribute("largest", settings.largest().toMegabytes());
        model.addAttribute("passages", passages);
        model.addAttribute("names", names.of(admin.tenant(), people(passages, arrival)));
        model.addAttribute("arrived", arrived.issuers(admin.tenant()));
        arrival.ifPresent(each -> add(each, model));
        model.addAttribute("utc", ZoneOffset.UTC);
        return "dashboard/archives";
    }

    private static List<Long> people(List<Passage> passages, Optional<ArchiveArrival> arrival) {
        return Stream.concat(
                        passages.stream().map(Passage::byPerson),
                        arrival.stream().map(ArchiveArrival::byPerson))
                .distinct()
                .toList();
    }

    /** Only how far an archive is that is under way; once it is not, the page is asked for anew. */
    @GetMapping("/arrival")
    String arrival(@AuthenticationPrincipal @Nullable SignedIn me, HttpServletResponse response, Model model) {
        SignedIn admin = Allowed.institutionAdmin(me);
        ArchiveArrival arrival = imports.latest(admin.tenant()).orElse(null);
        if (arrival == null || !arrival.isUnderWay()) {
            response.setHeader("HX-Refresh", "true");
        }
        if (arrival != null) {
            add(arrival, model);
        }
        return "dashboard/archives :: arriving";
    }

    private void add(ArchiveArrival arrival, Model model) {
        boolean checking = arrival.state() == ArchiveArrival.State.CHECKING;
        ArchiveRefusedException.Reason refusal = arrival.refusal();
        model.addAttribute("arrival", arrival);
        model.addAttribute("arrivalPassedOver", passedOver(arrival));
        model.addAttribute(
                "arrivalWork",
                checking
                        ? new LongWork(arrival.bytesRead(), arrival.bytes(), arrival.broughtAt())
                        : new LongWork(arrival.badgesDone(), Math.max(1, arrival.badges()), arrival.broughtAt()));
        model.addAttribute(
                "arrivalWords",
                switch (arrival.state()) {
                    case RECEIVING -> wording.say("archives.arrival.receiving");
                    case CHECKING ->
                        wording.say(
                                "archives.arrival.checking",
                                megabytes(arrival.bytesRead()),
                                megabytes(arrival.bytes()));
                    case ARRIVING -> wording.say("archives.arrival.arriving", arrival.badgesDone(), arrival.badges());
                    case DONE ->
                        arrival.badgesNew() == 0
                                ? wording.say("archives.bring.nothing-new")
                                : wording.say("archives.bring.done", arrival.badgesNew(), arrival.issuers());
                    case LOST -> wording.say("archives.arrival.lost", arrival.badgesDone(), arrival.issuers());
                    case GIVEN_UP -> wording.say("archives.arrival.given-up", arrival.badgesDone(), arrival.issuers());
                    case REFUSED -> refusal == null ? "" : refused(refusal, arrival.refusedWord());
                });
    }

    /** What of an archive that came in was passed over, and why. */
    private List<String> passedOver(ArchiveArrival arrival) {
        List<String> notes = new ArrayList<>();
        if (arrival.issuersOlder() > 0) {
            notes.add(wording.say("archives.arrival.older", arrival.issuersOlder()));
        }
        if (arrival.withdrawalsKept() > 0) {
            notes.add(wording.say("archives.arrival.kept", arrival.withdrawalsKept()));
        }
        return notes;
    }

    /** Of a small archive one. */
    private static long megabytes(long bytes) {
        long each = 1 << 20;
        return (bytes + each - 1) / each;
    }

    private String refused(ArchiveRefusedException.Reason reason, Object... words) {
        return wording.say(
                "archives.refused." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), words);
    }

    /** Asked in a window of ours, of somebody who still has the role: whoever has the archive can sign in the institution's name. */
    @PostMapping("/permission")
    String permit(
            @AuthenticationPrincipal @Nullable SignedIn me, HttpServletRequest request, RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        acts.requireWishAndRole(request, admin, permission());
        archives.permit(admin.tenant(), admin.personId());
        redirect.addFlashAttribute("flash", wording.say("archives.permitted"));
        return "redirect:" + PATH + "#take";
    }

    /** The archive itself, written while it is read. */
    @PostMapping("/file")
    @Nullable
    String file(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String passphrase,
            @RequestParam(defaultValue = "") String again,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        SignedIn admin = Allowed.institutionAdmin(me);
        Optional<Passage> permission = archives.permitted(admin.tenant(), admin.personId());
        String problem = problem(passphrase, again);
        if (permission.isEmpty() || problem != null) {
            redirect.addFlashAttribute(
                    problem == null ? "flashProblem" : "passphraseProblem",
                    problem == null ? wording.say("archives.not-permitted") : problem);
            return "redirect:" + PATH + "#take";
        }
        acts.requireRole(admin);
        if (!archives.isUpToDate(admin.tenant())) {
            redirect.addFlashAttribute("flashProblem", wording.say("archives.behind"));
            return "redirect:" + PATH + "#take";
        }
        if (!archives.use(admin.tenant(), permission.get())) {
            redirect.addFlashAttribute("flashProblem", wording.say("archives.not-permitted"));
            return "redirect:" + PATH + "#take";
        }
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("laurel-badges-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + ".zip")
                        .build()
                        .toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, private");
        archives.write(admin.tenant(), permission.get(), passphrase, response.getOutputStream());
        return null;
    }

    private @Nullable String problem(String passphrase, String again) {
        if (passphrase.length() < IssuerArchives.SHORTEST_PASSPHRASE
                || passphrase.length() > IssuerArchives.LONGEST_PASSPHRASE) {
            return wording.say("archives.passphrase.short", IssuerArchives.SHORTEST_PASSPHRASE);
        }
        return passphrase.equals(again) ? null : wording.say("archives.passphrase.differs");
    }

    /** Stores it; what comes of it stands on the page. */
    @PostMapping
    String bring(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestAttribute(name = ArchiveUpload.RECEPTION, required = false) @Nullable ArchiveReception reception,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String passphrase,
            RedirectAttributes redirect)
            throws IOException {
        SignedIn admin = Allowed.institutionAdmin(me);
        if (reception == null
                || file == null
                || file.isEmpty()
                || passphrase.length() > IssuerArchives.LONGEST_PASSPHRASE) {
            redirect.addFlashAttribute("bringProblem", wording.say("archives.bring.no-file"));
            return "redirect:" + PATH + "#bring";
        }
        acts.requireRole(admin);
        try {
            reception.bring(file, passphrase);
        } catch (ArchiveRefusedException e) {
            redirect.addFlashAttribute(
                    "bringProblem", refused(e.reason(), e.words().toArray()));
        }
        return "redirect:" + PATH + "#bring";
    }

    /** The last question before bringing an archive in is given up. */
    @GetMapping("/arrivals/{archiveId}/giving-up")
    String ask(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long archiveId,
            Model model,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        ArchiveArrival arrival = imports.find(admin.tenant(), archiveId).orElseThrow(Allowed::notFound);
        if (!arrival.isUnderWay()) {
            redirect.addFlashAttribute("flashProblem", wording.say("archives.not-given-up"));
            return "redirect:" + PATH + "#bring";
        }
        model.addAttribute("act", givingUp(arrival));
        return "launch/confirm-first";
    }

    @PostMapping("/arrivals/{archiveId}/giving-up")
    String giveUp(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long archiveId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        ArchiveArrival arrival = imports.find(admin.tenant(), archiveId).orElseThrow(Allowed::notFound);
        acts.requireWishAndRole(request, admin, givingUp(arrival));
        boolean done = imports.giveUp(admin.tenant(), archiveId, admin.personId());
        redirect.addFlashAttribute(
                done ? "flash" : "flashProblem", wording.say(done ? "archives.given-up" : "archives.not-given-up"));
        return "redirect:" + PATH + "#bring";
    }

    private Act givingUp(ArchiveArrival arrival) {
        return new Act(
                PATH + "/arrivals/" + arrival.id() + "/giving-up",
                wording.say("archives.give-up"),
                wording.say("archives.give-up.detail", arrival.badgesDone(), arrival.badges(), arrival.issuers()),
                wording.say("archives.give-up.button"),
                PATH);
    }

    private Act permission() {
        return new Act(
                PATH + "/permission",
                wording.say("archives.act.title"),
                wording.say("archives.act.detail"),
                wording.say("archives.act.button"),
                PATH);
    }
}
