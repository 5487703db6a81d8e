package dev.laurel.dashboard.manual;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.manual.EntryRefusedException;
import dev.laurel.gradebook.manual.EvidenceVersion;
import dev.laurel.gradebook.manual.HandIn;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.launch.session.SignedIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a learner hands in, and what was entered of her: her own, and nobody else's. */
@Controller
@RequestMapping("/my/entries")
class MyEntriesController {

    private final Courses courses;

    private final ManualGradebook manual;

    private final Gradebook gradebook;

    private final Words words;

    MyEntriesController(Courses courses, ManualGradebook manual, Gradebook gradebook, Words words) {
        this.courses = courses;
        this.manual = manual;
        this.gradebook = gradebook;
        this.words = words;
    }

    /** @param state {@code yes}, {@code no}, {@code waiting}, or {@code none} where nothing is entered */
    record Row(ManualItem entry, String state, @Nullable Observation seen) {}

    @GetMapping
    String work(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        SignedIn learner = learner(me);
        CourseContext course = courses.of(learner);
        List<ManualItem> items = manual.items(course.tenant(), course.id());
        Map<Long, Observation> seen = gradebook
                .latest(
                        course.tenant(),
                        course.id(),
                        items.stream().map(ManualItem::id).toList(),
                        List.of(learner.personId()))
                .stream()
                .collect(Collectors.toMap(Observation::lineItemId, Function.identity()));
        List<Row> rows = items.stream()
                .map(item -> new Row(item, state(seen.get(item.id())), seen.get(item.id())))
                .toList();
        model.addAttribute("course", course);
        model.addAttribute(
                "tasks",
                rows.stream()
                        .filter(row -> row.entry().kind() == LineItem.Kind.EVIDENCE)
                        .toList());
        model.addAttribute(
                "entered",
                rows.stream()
                        .filter(row -> row.entry().kind() != LineItem.Kind.EVIDENCE)
                        .toList());
        return "dashboard/my-entries";
    }

    private static String state(@Nullable Observation seen) {
        if (seen == null || seen.status() == Observation.Status.NONE) {
            return "none";
        }
        if (seen.status() != Observation.Status.GRADED || seen.score() == null) {
            return "waiting";
        }
        return seen.score().signum() > 0 ? "yes" : "no";
    }

    @GetMapping("/{itemId}")
    String task(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long itemId, Model model) {
        return page(learner(me), itemId, "", List.of(), null, model);
    }

    @PostMapping("/{itemId}")
    String handIn(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String links,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            Model model,
            RedirectAttributes redirect) {
        SignedIn learner = learner(me);
        CourseContext course = courses.of(learner);
        task(course, itemId);
        List<String> lines = links.lines().toList();
        try {
            boolean isNew = manual.handIn(
                    course.tenant(),
                    course.id(),
                    learner.personId(),
                    itemId,
                    new HandIn(NewEntry.text(text), lines, uploads(files)));
            redirect.addFlashAttribute("flash", words.say(isNew ? "work.handed-in" : "work.same"));
            return "redirect:/my/entries/" + itemId;
        } catch (EntryRefusedException e) {
            return page(learner, itemId, text, lines, words.refusal(e), model);
        }
    }

    private static List<HandIn.Upload> uploads(@Nullable List<MultipartFile> files) {
        List<HandIn.Upload> uploads = new ArrayList<>();
        for (MultipartFile file : files == null ? List.<MultipartFile>of() : files) {
            String name = file.getOriginalFilename();
            // A field in which nothing is chosen is sent as a file without a name.
            if (name != null && !name.isEmpty()) {
                try {
                    uploads.add(new HandIn.Upload(name, file.getBytes()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return uploads;
    }

    @GetMapping("/{itemId}/versions/{version}/files/{place}")
    ResponseEntity<byte[]> file(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @PathVariable int version,
            @PathVariable int place) {
        SignedIn learner = learner(me);
        CourseContext course = courses.of(learner);
        return Download.of(manual.file(course.tenant(), course.id(), itemId, learner.personId(), version, place));
    }

    private String page(
            SignedIn learner, long itemId, String text, List<String> links, @Nullable String problem, Model model) {
        CourseContext course = courses.of(learner);
        ManualItem task = task(course, itemId);
        List<EvidenceVersion> versions = manual.evidence(course.tenant(), course.id(), itemId, learner.personId());
        Observation seen = manual.result(course.tenant(), course.id(), itemId, learner.personId())
                .orElse(null);
        model.addAttribute("course", course);
        model.addAttribute("entry", task);
        model.addAttribute("state", state(seen));
        model.addAttribute("versions", versions);
        model.addAttribute("text", text);
        model.addAttribute("links", String.join("\n", links));
        model.addAttribute("problem", problem);
        return "dashboard/my-evidence";
    }

    private ManualItem task(CourseContext course, long itemId) {
        return manual.item(course.tenant(), course.id(), itemId)
                .filter(item -> item.kind() == LineItem.Kind.EVIDENCE)
                .orElseThrow(Allowed::notFound);
    }

    private static SignedIn learner(@Nullable SignedIn me) {
        if (me == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        return me;
    }
}
