package dev.laurel.dashboard.course;

import dev.laurel.dashboard.Allowed;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.Trail;
import dev.laurel.platform.tenant.TenantId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Follows one grade by its reference number through all seven steps; shows no data about a person. */
@Controller
class RoadController {

    private static final Pattern REFERENCE = Pattern.compile("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}");

    private final List<Trail> trails;

    private final Platforms platforms;

    RoadController(List<Trail> trails, Platforms platforms) {
        this.trails = trails;
        this.platforms = platforms;
    }

    /** One of the seven steps with what was found there. */
    record Stop(Step step, List<Footprint> footprints) {

        public boolean isDone() {
            return footprints.stream().anyMatch(footprint -> footprint.at() != null);
        }
    }

    @GetMapping("/institution/road")
    String inInstitution(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String reference,
            Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        return page("dashboard/road", "/institution/road", List.of(tenant), reference, model);
    }

    /** For the operator, in every institution; who may open {@code /operator} is the matter of its own login. */
    @GetMapping("/operator/road")
    String inInstallation(@RequestParam(defaultValue = "") String reference, Model model) {
        List<TenantId> tenants = platforms.deployments().stream()
                .map(Deployment::tenant)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return page("dashboard/operator-road", "/operator/road", tenants, reference, model);
    }

    private String page(String view, String action, List<TenantId> tenants, String typed, Model model) {
        String reference = typed.strip().toUpperCase(Locale.ROOT);
        boolean sound = REFERENCE.matcher(reference).matches();
        model.addAttribute("typed", typed);
        model.addAttribute("action", action);
        model.addAttribute("malformed", !reference.isEmpty() && !sound);
        model.addAttribute("zone", ZoneId.of("UTC"));
        if (sound) {
            model.addAttribute("stops", follow(tenants, new Reference(reference)));
        }
        return view;
    }

    /** A number is random enough that it exists in one institution only. */
    private List<Stop> follow(List<TenantId> tenants, Reference reference) {
        for (TenantId tenant : tenants) {
            List<Footprint> all = trails.stream()
                    .flatMap(trail -> trail.follow(tenant, reference).stream())
                    .toList();
            if (!all.isEmpty()) {
                return stops(all);
            }
        }
        return List.of();
    }

    private static List<Stop> stops(List<Footprint> all) {
        List<Stop> stops = new ArrayList<>();
        for (Step step : Step.values()) {
            stops.add(new Stop(
                    step,
                    all.stream().filter(footprint -> footprint.step() == step).toList()));
        }
        return stops;
    }
}
