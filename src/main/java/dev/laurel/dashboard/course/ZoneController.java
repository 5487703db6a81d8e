package dev.laurel.dashboard.course;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseZones;
import dev.laurel.context.CourseZones.CourseZone;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.explain.Say;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** In which time zone a course is: who said so, and another one. */
@Controller
@RequestMapping("/course/zone")
class ZoneController {

    /** Those of the database that are called by a place. */
    private static final Set<String> AREAS = Set.of(
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Europe",
            "Indian",
            "Pacific");

    private final Courses courses;

    private final CourseZones zones;

    private final Contexts contexts;

    private final RuleSets ruleSets;

    private final CourseOverview overview;

    private final Names names;

    private final Say say;

    private final Wording wording;

    private final Clock clock;

    ZoneController(
            Courses courses,
            CourseZones zones,
            Contexts contexts,
            RuleSets ruleSets,
            CourseOverview overview,
            Names names,
            Say say,
            Wording wording,
            Clock clock) {
        this.courses = courses;
        this.zones = zones;
        this.contexts = contexts;
        this.ruleSets = ruleSets;
        this.overview = overview;
        this.names = names;
        this.say = say;
        this.wording = wording;
        this.clock = clock;
    }

    /** @param id of the IANA database */
    public record Place(String id, String name) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        Optional<CourseZone> known = zones.of(course.tenant(), course.id());
        model.addAttribute("course", course);
        model.addAttribute("chosen", known.map(each -> each.zone().getId()).orElse(""));
        model.addAttribute("since", known.map(CourseZone::at).orElse(null));
        model.addAttribute(
                "by",
                known.map(CourseZone::byPerson)
                        .map(person -> name(course, person))
                        .orElse(null));
        model.addAttribute("areas", areas(clock.instant()));
        model.addAttribute("dated", dated(course));
        return "dashboard/zone";
    }

    /** @param zone a name of the IANA database */
    @PostMapping
    String choose(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String zone,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        Optional<ZoneId> chosen = CourseZones.named(zone);
        if (chosen.isEmpty()) {
            redirect.addFlashAttribute("flashProblem", wording.say("zone.unknown"));
            return "redirect:/course/zone";
        }
        ZoneId there = chosen.get();
        zones.choose(course.tenant(), course.id(), there, Allowed.instructor(me).personId());
        redirect.addFlashAttribute(
                "flash", wording.say("zone.chosen", say.zone(there), say.when(clock.instant(), there)));
        return "redirect:/course/zone";
    }

    private String name(CourseContext course, long person) {
        return names.of(contexts.profiles(course.tenant(), List.of(person)).get(person));
    }

    private List<String> dated(CourseContext course) {
        Set<Long> numbers = new TreeSet<>();
        for (RuleSet each : ruleSets.ofContext(course.tenant(), course.id())) {
            if (each.rule().isDated()) {
                numbers.add(each.id());
            }
        }
        return numbers.isEmpty()
                ? List.of()
                : overview.badges(course).stream()
                        .filter(badge -> numbers.contains(badge.ruleSet().id()))
                        .map(badge -> badge.shown().name())
                        .toList();
    }

    private static Map<String, List<Place>> areas(Instant now) {
        Map<String, List<Place>> areas = new TreeMap<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            int slash = id.indexOf('/');
            if (slash > 0 && AREAS.contains(id.substring(0, slash))) {
                ZoneOffset offset = ZoneId.of(id).getRules().getOffset(now);
                String place = id.substring(slash + 1).replace('_', ' ').replace("/", ", ");
                areas.computeIfAbsent(id.substring(0, slash), area -> new ArrayList<>())
                        .add(new Place(id, place + " (UTC" + (offset.getTotalSeconds() == 0 ? "" : offset) + ")"));
            }
        }
        return areas;
    }
}
