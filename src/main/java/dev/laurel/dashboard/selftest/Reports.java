package dev.laurel.dashboard.selftest;

import dev.laurel.dashboard.explain.Say;
import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Outcome;
import dev.laurel.platform.selftest.Run;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.ProductFamily;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Puts a run into words. */
@Component
class Reports {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    /** A job is picked up within seconds, unless nobody picks. */
    private static final Duration LATE = Duration.ofSeconds(20);

    private final MessageSource messages;

    private final PublicUrl publicUrl;

    private final Say say;

    private final Clock clock;

    Reports(MessageSource messages, PublicUrl publicUrl, Say say, Clock clock) {
        this.messages = messages;
        this.publicUrl = publicUrl;
        this.say = say;
        this.clock = clock;
    }

    Report of(Run run, Registration registration, @Nullable String institution) {
        ProductFamily product = Families.of(registration);
        String family = lower(product);
        Capabilities capabilities = Capabilities.of(run, product);
        return new Report(
                new Report.Platform(
                        registration.name(),
                        registration.issuer(),
                        registration.clientId(),
                        publicUrl.value().toString()),
                institution,
                run.askedAt(),
                run.endedAt(),
                run.done(),
                run.lines().size(),
                run.startedAt() == null && run.askedAt().plus(LATE).isBefore(clock.instant()),
                parts(run, family),
                Arrays.stream(Capability.Means.values())
                        .map(means -> group(means, capabilities, family))
                        .toList(),
                capabilities.unlocks().entrySet().stream()
                        .map(unlock -> unlock(unlock.getKey(), unlock.getValue(), family))
                        .toList(),
                !capabilities.unknown().isEmpty());
    }

    private Report.Group group(Capability.Means means, Capabilities capabilities, String family) {
        String key = "capability.means." + lower(means);
        String what = messages.getMessage(key + ".what", null, null, locale());
        return new Report.Group(
                say(key),
                what == null ? null : messages.getMessage(key + ".what." + family, null, what, locale()),
                Arrays.stream(Capability.values())
                        .filter(each -> each.means() == means)
                        .map(each -> ability(each, capabilities.state(each), family))
                        .toList());
    }

    private Report.Ability ability(Capability capability, Capabilities.State state, String family) {
        return new Report.Ability(
                capability.key(),
                title(capability, family),
                lower(state),
                say("capability.state." + lower(state)),
                messages.getMessage("capability." + capability.key() + "." + lower(state), null, null, locale()));
    }

    private Report.Unlock unlock(Set<LtiScope> scopes, List<Capability> gained, String family) {
        String names = scopes.stream()
                .sorted()
                .map(scope -> say("capability.scope." + lower(scope)))
                .collect(Collectors.joining(", "));
        return new Report.Unlock(
                say(scopes.size() == 1 ? "capability.unlock.one" : "capability.unlock.several", names),
                gained.stream().map(each -> title(each, family)).toList());
    }

    private String title(Capability capability, String family) {
        String key = "capability." + capability.key();
        return String.valueOf(messages.getMessage(key + "." + family, null, say(key), locale()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private List<Report.Part> parts(Run run, String family) {
        List<Report.Part> parts = new ArrayList<>();
        for (Check.Part part : Check.Part.values()) {
            List<Report.Line> lines = run.lines().stream()
                    .filter(line -> line.check().part() == part)
                    .map(line -> line(line, family))
                    .toList();
            if (!lines.isEmpty()) {
                parts.add(new Report.Part(say("selftest.part." + lower(part)), lines));
            }
        }
        return parts;
    }

    private Report.Line line(Run.Line line, String family) {
        Finding finding = line.finding();
        Object[] facts = finding.facts().stream().map(this::fact).toArray();
        String key = key(finding);
        boolean fine = line.outcome() == Outcome.OK;
        String mend = fine ? null : messages.getMessage(key + ".mend", facts, locale());
        return new Report.Line(
                line.check().key(),
                say("selftest." + line.check().key()),
                line.outcome(),
                messages.getMessage(key, facts, locale()),
                fine ? null : messages.getMessage(key + ".mend." + family, facts, mend, locale()),
                line.foundAt(),
                fine ? null : line.lastOkAt(),
                line.current());
    }

    /** Some sentences are the same for every check, or for every permission. */
    static String key(Finding finding) {
        String code = finding.code();
        if (code.equals(Check.WAITING) || code.equals(Check.BROKEN)) {
            return "selftest." + code;
        }
        boolean ofToken = finding.check().part() == Check.Part.PERMISSION && !code.endsWith("granted");
        return "selftest." + (ofToken ? "token" : finding.check().key()) + "." + code;
    }

    private Object fact(Object fact) {
        return fact instanceof String text && TIME.matcher(text).matches() ? say.utc(Instant.parse(text)) : fact;
    }

    String say(String key, Object... words) {
        return messages.getMessage(key, words, locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
