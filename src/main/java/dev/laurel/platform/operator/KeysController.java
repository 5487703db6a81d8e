package dev.laurel.platform.operator;

import dev.laurel.platform.ToolKeys;
import java.time.Clock;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tool's own keys: which are published, which one signs, and the next one by one click. */
@Controller
@RequestMapping("/operator/keys")
class KeysController {

    private final ToolKeys keys;

    private final MessageSource messages;

    private final Clock clock;

    KeysController(ToolKeys keys, MessageSource messages, Clock clock) {
        this.keys = keys;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping
    String page(Model model) {
        model.addAttribute("keys", keys.all());
        model.addAttribute("signing", keys.signing().getKeyID());
        model.addAttribute("now", clock.instant());
        return "operator/keys";
    }

    @PostMapping("/rotation")
    String rotate(RedirectAttributes redirect) {
        String said = keys.rotate() ? "operator.keys.rotated" : "operator.keys.waits-already";
        redirect.addFlashAttribute("flash", messages.getMessage(said, null, LocaleContextHolder.getLocale()));
        return "redirect:/operator/keys";
    }
}
