package dev.laurel.dashboard.selftest;

import dev.laurel.dashboard.Allowed;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.SelfTest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The self-test of a whole registration; who may open {@code /operator} is the matter of its own login. */
@Controller
@RequestMapping("/operator/registrations/{id}/self-test")
class OperatorSelfTestController {

    private final Platforms platforms;

    private final SelfTest selfTest;

    private final Reports reports;

    private final ReportFiles files;

    OperatorSelfTestController(Platforms platforms, SelfTest selfTest, Reports reports, ReportFiles files) {
        this.platforms = platforms;
        this.selfTest = selfTest;
        this.reports = reports;
        this.files = files;
    }

    @GetMapping
    String page(@PathVariable long id, Model model) {
        Registration registration = registration(id);
        model.addAttribute("registration", registration);
        model.addAttribute("action", "/operator/registrations/" + id + "/self-test");
        selfTest.latest(SelfTest.OPERATOR, id)
                .ifPresent(run -> model.addAttribute("report", reports.of(run, registration, null)));
        return "dashboard/operator-self-test";
    }

    @PostMapping
    String run(@PathVariable long id, @RequestParam(defaultValue = "false") boolean column) {
        selfTest.ask(SelfTest.OPERATOR, registration(id).id(), column, null);
        return "redirect:/operator/registrations/" + id + "/self-test";
    }

    @GetMapping("/report.txt")
    ResponseEntity<byte[]> text(@PathVariable long id) {
        return files.text(report(id));
    }

    @GetMapping("/report.json")
    ResponseEntity<byte[]> json(@PathVariable long id) {
        return files.json(report(id));
    }

    private Report report(long id) {
        Registration registration = registration(id);
        return selfTest.latest(SelfTest.OPERATOR, id)
                .map(run -> reports.of(run, registration, null))
                .orElseThrow(Allowed::notFound);
    }

    private Registration registration(long id) {
        return platforms.registration(id).orElseThrow(Allowed::notFound);
    }
}
