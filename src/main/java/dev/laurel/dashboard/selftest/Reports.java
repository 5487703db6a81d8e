package dev.laurel.dashboard.selftest;

import dev.laurel.dashboard.Say;
import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Outcome;
import dev.laurel.platform.selftest.Run;
import dev.laurel.platform.tenant.PublicUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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
        String family = PlatformFamily.of(registration).name().toLowerCase(Locale.ROOT);
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
                parts(run, family));
    }

    private List<Report.Part> parts(Run run, String family) {
        List<Report.Part> parts = new ArrayList<>();
        for (Check.Part part : Check.Part.values()) {
            List<Report.Line> lines = run.lines().stream()
                    .filter(line -> line.check().part() == part)
                    .map(line -> line(line, family))
                    .toList();
            if (!lines.isEmpty()) {
                parts.add(new Report.Part(say("selftest.part." + part.name().toLowerCase(Locale.ROOT)), lines));
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
        return fact instanceof String text && TIME.matcher(text).matches()
                ? say.exactly(Instant.parse(text), ZoneOffset.UTC)
                : fact;
    }

    String say(String key, Object... words) {
        return messages.getMessage(key, words, locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
