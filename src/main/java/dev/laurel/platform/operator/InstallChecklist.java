package dev.laurel.platform.operator;

import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.LaunchesSeen;
import dev.laurel.platform.selftest.Outcome;
import dev.laurel.platform.selftest.Run;
import dev.laurel.platform.selftest.SelfTest;
import dev.laurel.platform.tenant.PublicUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The way from an empty installation to one that works, each step with what is true of it now. */
@Component
class InstallChecklist {

    private final PublicUrl publicUrl;

    private final Platforms platforms;

    private final LaunchesSeen launches;

    private final SelfTest selfTest;

    private final Environment environment;

    InstallChecklist(
            PublicUrl publicUrl,
            Platforms platforms,
            LaunchesSeen launches,
            SelfTest selfTest,
            Environment environment) {
        this.publicUrl = publicUrl;
        this.platforms = platforms;
        this.launches = launches;
        this.selfTest = selfTest;
        this.environment = environment;
    }

    /**
     * One step.
     *
     * @param name as in message keys: {@code operator.install.<name>}
     * @param state as in message keys: {@code operator.install.<name>.<state>}
     * @param facts of its sentence
     * @param at when the state was found; {@code null} where it is looked up now
     * @param href where to do it; {@code null} where that is not on these pages
     */
    record Step(
            String name,
            boolean done,
            String state,
            List<Object> facts,
            @Nullable Instant at,
            @Nullable String href) {}

    /** The self-test of one platform. */
    record Tested(Registration registration, @Nullable Run run) {

        public boolean isFine() {
            return run != null && !run.isUnderWay() && run.count(Outcome.PROBLEM) == 0;
        }
    }

    List<Step> steps(List<Tested> tests) {
        List<Step> steps = new ArrayList<>();
        steps.add(address(tests));
        steps.add(platform());
        steps.add(deployment());
        Optional<Instant> launched = launches.latest();
        steps.add(new Step(
                "launch",
                launched.isPresent(),
                launched.isPresent() ? "seen" : "none",
                List.of(),
                launched.orElse(null),
                null));
        steps.add(selfTest(tests));
        steps.add(copies());
        return steps;
    }

    /** Whether somebody decided where status lists are kept outside the database. */
    private Step copies() {
        boolean chosen = Stream.of("laurel.credential.status-copies", "STATE_DIRECTORY")
                .map(environment::getProperty)
                .anyMatch(place -> place != null && !place.isBlank());
        return new Step("copies", chosen, chosen ? "chosen" : "unset", List.of(), null, null);
    }

    /** The latest self-test of each platform that may launch. */
    List<Tested> tests() {
        return platforms.registrations().stream()
                .filter(Registration::active)
                .map(each -> new Tested(
                        each, selfTest.latest(SelfTest.OPERATOR, each.id()).orElse(null)))
                .toList();
    }

    private Step address(List<Tested> tests) {
        String url = publicUrl.value().toString();
        Run.@Nullable Line latest = null;
        for (Tested test : tests) {
            Run.Line line = test.run() == null ? null : line(test.run(), Check.PUBLIC_URL);
            if (line != null && line.foundAt() != null && (latest == null || isLater(line, latest))) {
                latest = line;
            }
        }
        if (latest == null) {
            return new Step("address", false, publicUrl.isHttps() ? "untried" : "plain", List.of(url), null, null);
        }
        boolean fine = latest.outcome() == Outcome.OK;
        String state = fine ? "answers" : latest.outcome() == Outcome.PROBLEM ? "problem" : "untried-here";
        return new Step("address", fine, state, List.of(url), latest.foundAt(), null);
    }

    private static boolean isLater(Run.Line one, Run.Line other) {
        return one.foundAt() != null && other.foundAt() != null && one.foundAt().isAfter(other.foundAt());
    }

    private static Run.@Nullable Line line(Run run, Check check) {
        return run.lines().stream()
                .filter(line -> line.check() == check)
                .findFirst()
                .orElse(null);
    }

    private Step platform() {
        long active =
                platforms.registrations().stream().filter(Registration::active).count();
        return new Step(
                "platform",
                active > 0,
                active > 0 ? "known" : "none",
                List.of(active),
                null,
                "/operator/registrations");
    }

    private Step deployment() {
        List<Deployment> all = platforms.deployments();
        long active = all.stream()
                .filter(each -> each.status() == Deployment.Status.ACTIVE)
                .count();
        long pending = all.stream()
                .filter(each -> each.status() == Deployment.Status.PENDING)
                .count();
        String state = pending > 0 ? "pending" : active > 0 ? "active" : "none";
        return new Step(
                "deployment",
                active > 0 && pending == 0,
                state,
                List.of(active, pending),
                null,
                "/operator/deployments");
    }

    private static Step selfTest(List<Tested> tests) {
        boolean fine = !tests.isEmpty() && tests.stream().allMatch(Tested::isFine);
        String state = tests.isEmpty() ? "no-platform" : fine ? "fine" : "open";
        return new Step(
                "self-test", fine, state, List.of(), null, tests.isEmpty() ? "/operator/registration-links" : null);
    }
}
