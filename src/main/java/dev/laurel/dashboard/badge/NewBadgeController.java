package dev.laurel.dashboard.badge;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.course.CourseOverview;
import dev.laurel.dashboard.course.Suggestions;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.SignedIn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Where a badge begins: what it could be for, and its form filled in for that. */
@Controller
@RequestMapping("/badges")
class NewBadgeController {

    private final Courses courses;

    private final CourseOverview overview;

    private final Suggestions suggestions;

    private final Contexts contexts;

    private final BadgeForms forms;

    private final BadgeFormPage page;

    NewBadgeController(
            Courses courses,
            CourseOverview overview,
            Suggestions suggestions,
            Contexts contexts,
            BadgeForms forms,
            BadgeFormPage page) {
        this.courses = courses;
        this.overview = overview;
        this.suggestions = suggestions;
        this.contexts = contexts;
        this.forms = forms;
        this.page = page;
    }

    /** What a badge could be for. */
    @GetMapping("/new")
    String suggestions(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        model.addAttribute("course", course);
        int learners = contexts.countEarners(course.tenant(), course.id());
        model.addAttribute("columns", suggestions.all(course, learners));
        model.addAttribute("several", page.usable(course).size() > 1);
        model.addAttribute("groups", suggestions.groups(course, learners));
        return "dashboard/suggestions";
    }

    @GetMapping(path = "/new", params = "column")
    String forColumn(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam long column,
            @RequestParam(required = false) @Nullable String letter,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        CourseOverview.Column asked = overview.columns(course).stream()
                .filter(each -> each.usable() && each.item().id() == column)
                .findFirst()
                .orElseThrow(Allowed::notFound);
        LineItem item = asked.item();
        if (asked.hasThreshold()) {
            return page.show(course, null, forms.suggestion(course, item), null, model);
        }
        boolean total = item.isTotal();
        model.addAttribute(
                "start",
                UriComponentsBuilder.fromPath("/badges/rule")
                        .queryParam("column", column)
                        .queryParamIfPresent("letter", Optional.ofNullable(total ? letter : null))
                        .encode()
                        .toUriString());
        Rule rule = Suggestions.rule(item, total ? letter : null);
        return page.show(course, null, forms.given(course, total ? course.title() : item.label(), rule), null, model);
    }

    /** All columns that the LMS files under this name, each at the usual threshold. */
    @GetMapping(path = "/new", params = "group")
    String forGroup(@AuthenticationPrincipal @Nullable SignedIn me, @RequestParam String group, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<CourseOverview.Column> columns = page.usable(course).stream()
                .filter(column -> group.equals(column.item().group()))
                .toList();
        if (columns.size() < 2) {
            throw Allowed.notFound();
        }
        return page.show(course, null, forms.group(course, group, columns), null, model);
    }

    @GetMapping(path = "/new", params = "several")
    String forSeveral(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        return page.show(course, null, forms.combination(course, page.usable(course)), null, model);
    }
}
