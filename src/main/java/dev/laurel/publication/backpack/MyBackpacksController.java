package dev.laurel.publication.backpack;

import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.PublicUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which backpacks may read her badges; she takes it back here. */
@Controller
class MyBackpacksController {

    private final BackpackPermissions permissions;

    private final PublicUrl publicUrl;

    private final MessageSource messages;

    MyBackpacksController(BackpackPermissions permissions, PublicUrl publicUrl, MessageSource messages) {
        this.permissions = permissions;
        this.publicUrl = publicUrl;
        this.messages = messages;
    }

    @GetMapping("/my/backpacks")
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        model.addAttribute("permissions", permissions.of(BackpackHolder.of(learner(me))));
        model.addAttribute("address", publicUrl.value().toString());
        return "publication/backpacks";
    }

    @PostMapping("/my/backpacks/{id}/removal")
    String takeBack(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable String id, RedirectAttributes redirect) {
        permissions.takeBack(BackpackHolder.of(learner(me)), id);
        redirect.addFlashAttribute(
                "flash", messages.getMessage("backpack.removed", null, LocaleContextHolder.getLocale()));
        return "redirect:/my/backpacks";
    }

    private static SignedIn learner(@Nullable SignedIn me) {
        if (me == null || !me.isLearner() || !me.isHerself()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return me;
    }
}
