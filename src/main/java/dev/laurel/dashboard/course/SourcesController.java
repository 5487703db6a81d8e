package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.launch.session.SignedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Which kinds of criteria work in a course with what is connected, and what more there could be. */
@Controller
class SourcesController {

    private final Courses courses;

    private final Sources sources;

    private final WhatWorks works;

    SourcesController(Courses courses, Sources sources, WhatWorks works) {
        this.courses = courses;
        this.sources = sources;
        this.works = works;
    }

    @GetMapping("/course/sources")
    String sources(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<SourceReport> reports = sources.of(course);
        model.addAttribute("course", course);
        model.addAttribute("reports", reports);
        model.addAttribute("criteria", works.in(course, reports));
        model.addAttribute("mayStateLetters", LettersController.mayState(reports));
        return "dashboard/sources";
    }
}
