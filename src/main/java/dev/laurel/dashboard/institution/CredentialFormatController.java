package dev.laurel.dashboard.institution;

import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.dashboard.Allowed;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the institution wants its badges signed. */
@Controller
@RequestMapping("/institution/signing")
class CredentialFormatController {

    private final CredentialFormats formats;

    private final MessageSource messages;

    CredentialFormatController(CredentialFormats formats, MessageSource messages) {
        this.formats = formats;
        this.messages = messages;
    }

    @PostMapping
    String choose(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam CredentialFormat.Jwt jwt,
            @RequestParam(defaultValue = "BITS") CredentialFormat.Status status,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        formats.choose(admin.tenant(), new CredentialFormat(jwt, status), admin.personId());
        redirect.addFlashAttribute(
                "flash", messages.getMessage("institution.signing.saved", null, LocaleContextHolder.getLocale()));
        return "redirect:/institution#signing";
    }
}
