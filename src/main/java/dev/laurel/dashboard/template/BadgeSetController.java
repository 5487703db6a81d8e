package dev.laurel.dashboard.template;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.template.BroughtFiles;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Badges of the course saved as one file, and such a file brought here. Nothing is made before it was looked at. */
@Controller
@RequestMapping("/course/badge-set")
class BadgeSetController {

    /** As many problems help; of a broken file the rest follows from them. */
    private static final int SHOWN = 30;

    private final Courses courses;

    private final RuleSets ruleSets;

    private final BadgeSets sets;

    private final BadgeSetWriter writer;

    private final BadgeSetReader reader;

    private final BroughtFiles files;

    private final BadgeList badges;

    private final Wording wording;

    private final Clock clock;

    BadgeSetController(
            Courses courses,
            RuleSets ruleSets,
            BadgeSets sets,
            BadgeSetWriter writer,
            BadgeSetReader reader,
            BroughtFiles files,
            BadgeList badges,
            Wording wording,
            Clock clock) {
        this.courses = courses;
        this.ruleSets = ruleSets;
        this.sets = sets;
        this.writer = writer;
        this.reader = reader;
        this.files = files;
        this.badges = badges;
        this.wording = wording;
        this.clock = clock;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        model.addAttribute("course", course);
        model.addAttribute("badges", badges.of(course));
        model.addAttribute(
                "waiting",
                files.find(course.tenant(), course.id(), Allowed.instructor(me).personId())
                        .isPresent());
        return "dashboard/badge-set";
    }

    /** @param badge rule sets of the course; none: all that are given or may be */
    @GetMapping("/file")
    ResponseEntity<byte[]> file(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam(defaultValue = "") Set<Long> badge) {
        CourseContext course = courses.forInstructor(me);
        List<RuleSet> all = ruleSets.ofContext(course.tenant(), course.id());
        List<RuleSet> chosen = all.stream()
                .filter(ruleSet -> badge.isEmpty() ? !ruleSet.isRetired() : badge.contains(ruleSet.id()))
                .limit(BadgeSet.MOST_BADGES)
                .toList();
        if (chosen.isEmpty() || (!badge.isEmpty() && chosen.size() < badge.size())) {
            throw Allowed.notFound();
        }
        byte[] file = writer.write(sets.of(course, chosen), clock.instant());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(wording.say("set.file-name", course.title()), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noStore().cachePrivate())
                .body(file);
    }

    /** Keeps the file until she decided, where nothing is wrong with it. */
    @PostMapping
    String bring(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(required = false) @Nullable MultipartFile file,
            RedirectAttributes redirect)
            throws IOException {
        CourseContext course = courses.forInstructor(me);
        byte[] content = file == null ? new byte[0] : file.getBytes();
        try {
            reader.readBrought(content);
        } catch (BadFileException e) {
            redirect.addFlashAttribute("problems", words(e));
            return "redirect:/course/badge-set";
        }
        files.put(course.tenant(), course.id(), Allowed.instructor(me).personId(), content);
        return "redirect:/course/badge-set/brought";
    }

    private ArrayList<String> words(BadFileException bad) {
        ArrayList<String> words = new ArrayList<>();
        bad.problems().stream()
                .limit(SHOWN)
                .map(problem -> problem.place().isEmpty()
                        ? wording.say(problem.key(), problem.words())
                        : wording.say("set.bad.at", problem.place(), wording.say(problem.key(), problem.words())))
                .forEach(words::add);
        if (bad.problems().size() > SHOWN) {
            words.add(wording.say("set.bad.more", bad.problems().size() - SHOWN));
        }
        return words;
    }
}
