package dev.laurel.dashboard.institution;

import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.integrity.Integrity;
import dev.laurel.launch.session.SignedIn;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What an institution should look at, as it is the issuer: how results behind badges that it signs came about. */
@Controller
class IntegrityController {

    private final Integrity integrity;

    IntegrityController(Integrity integrity) {
        this.integrity = integrity;
    }

    @GetMapping("/institution/integrity")
    String integrity(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        model.addAttribute(
                "look", integrity.ofInstitution(Allowed.institutionAdmin(me).tenant(), before));
        model.addAttribute("zone", ZoneOffset.UTC);
        return "dashboard/integrity";
    }
}
