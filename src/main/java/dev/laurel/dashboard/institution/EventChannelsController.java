package dev.laurel.dashboard.institution;

import dev.laurel.dashboard.Allowed;
import dev.laurel.gradebook.event.EventChannels;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where an admin lets platforms tell Laurel at once that something is new. */
@Controller
@RequestMapping("/institution/events")
class EventChannelsController {

    private final EventChannels channels;

    private final Platforms platforms;

    private final PublicUrl publicUrl;

    private final MessageSource messages;

    EventChannelsController(EventChannels channels, Platforms platforms, PublicUrl publicUrl, MessageSource messages) {
        this.channels = channels;
        this.platforms = platforms;
        this.publicUrl = publicUrl;
        this.messages = messages;
    }

    /** @param since {@code null} while it sends none */
    record Row(long registrationId, String name, @Nullable Instant since) {}

    /** What is typed into the platform; shown once. */
    record Shown(String canvas, String webhook, String secret) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        show(Allowed.institutionAdmin(me).tenant(), model);
        return "dashboard/events";
    }

    @PostMapping("/{registrationId}")
    String open(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long registrationId, Model model) {
        SignedIn admin = Allowed.institutionAdmin(me);
        requireOwn(admin.tenant(), registrationId);
        EventChannels.Keys keys = channels.open(admin.tenant(), registrationId, admin.personId());
        model.addAttribute(
                "keys",
                new Shown(
                        publicUrl.at("/events/canvas/" + keys.path()),
                        publicUrl.at("/events/results/" + keys.path()),
                        keys.secret()));
        show(admin.tenant(), model);
        return "dashboard/events";
    }

    @PostMapping("/{registrationId}/end")
    String close(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long registrationId,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        requireOwn(admin.tenant(), registrationId);
        channels.close(admin.tenant(), registrationId);
        redirect.addFlashAttribute("flash", messages.getMessage("events.ended", null, LocaleContextHolder.getLocale()));
        return "redirect:/institution/events";
    }

    private void show(TenantId tenant, Model model) {
        Map<Long, Instant> open = channels.ofTenant(tenant);
        model.addAttribute(
                "platforms",
                registrations(tenant).stream()
                        .map(each -> new Row(each.id(), each.name(), open.get(each.id())))
                        .toList());
    }

    private void requireOwn(TenantId tenant, long registrationId) {
        if (registrations(tenant).stream().noneMatch(each -> each.id() == registrationId)) {
            throw Allowed.notFound();
        }
    }

    private List<Registration> registrations(TenantId tenant) {
        return platforms.deployments().stream()
                .filter(deployment -> tenant.equals(deployment.tenant()))
                .map(Deployment::registrationId)
                .distinct()
                .flatMap(id -> platforms.registration(id).stream())
                .toList();
    }
}
