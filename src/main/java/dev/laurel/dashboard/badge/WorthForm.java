package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Validity;
import dev.laurel.dashboard.Typed;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instructor typed about what a badge is worth and how long it is valid, exactly as typed.
 *
 * @param lasts a {@link Lasts}
 * @param until ISO 8601 date
 * @param renewal days before the end
 */
record WorthForm(String credits, String lasts, String months, String days, String until, String renewal) {

    static final WorthForm NOTHING = new WorthForm("", "EVER", "", "", "", "");

    private static final BigDecimal MOST_CREDITS = new BigDecimal("1000");

    private static final String USUAL_RENEWAL = "30";

    enum Lasts {
        EVER,
        MONTHS,
        DAYS,
        UNTIL
    }

    @SuppressWarnings("NullAway") // binding leaves out what was not sent
    WorthForm {
        credits = credits == null ? "" : credits;
        lasts = lasts == null ? Lasts.EVER.name() : lasts;
        months = months == null ? "" : months;
        days = days == null ? "" : days;
        until = until == null ? "" : until;
        renewal = renewal == null || renewal.isBlank() ? USUAL_RENEWAL : renewal;
    }

    static WorthForm of(AchievementVersion version) {
        BigDecimal credits = version.credits();
        String worth = credits == null ? "" : credits.stripTrailingZeros().toPlainString();
        Validity validity = version.validity();
        if (validity == null) {
            return new WorthForm(worth, Lasts.EVER.name(), "", "", "", "");
        }
        String renewal = Integer.toString(validity.renewalDays());
        if (validity.lasts() == null) {
            return new WorthForm(worth, Lasts.UNTIL.name(), "", "", String.valueOf(validity.lastDay()), renewal);
        }
        int months = validity.lasts().getMonths();
        return months > 0
                ? new WorthForm(worth, Lasts.MONTHS.name(), Integer.toString(months), "", "", renewal)
                : new WorthForm(
                        worth,
                        Lasts.DAYS.name(),
                        "",
                        Integer.toString(validity.lasts().getDays()),
                        "",
                        renewal);
    }

    /** What was typed; empty where it cannot be, and then {@code problems} was told. */
    Optional<Worth> read(LocalDate today, Problems problems) {
        BigDecimal worth = Typed.number(credits);
        boolean sound = true;
        if (!credits.isBlank()
                && (worth == null || worth.signum() <= 0 || worth.compareTo(MOST_CREDITS) > 0 || worth.scale() > 2)) {
            problems.reject("credits", "worth.credits.bad", MOST_CREDITS);
            sound = false;
        }
        if (chosen() == Lasts.EVER) {
            return sound ? Optional.of(new Worth(worth, null)) : Optional.empty();
        }
        Integer before = whole(renewal, 0, Validity.MOST_RENEWAL_DAYS);
        if (before == null) {
            problems.reject("renewal", "worth.renewal.bad", Validity.MOST_RENEWAL_DAYS);
        }
        Validity validity = validity(before == null ? 0 : before, today, problems);
        return sound && before != null && validity != null ? Optional.of(new Worth(worth, validity)) : Optional.empty();
    }

    private Lasts chosen() {
        try {
            return Lasts.valueOf(lasts.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Lasts.EVER;
        }
    }

    private @Nullable Validity validity(int before, LocalDate today, Problems problems) {
        return switch (chosen()) {
            case MONTHS -> {
                Integer many = whole(months, 1, Validity.MOST_MONTHS);
                if (many == null) {
                    problems.reject("months", "worth.time.bad", Validity.MOST_MONTHS);
                }
                yield many == null ? null : Validity.months(many, before);
            }
            case DAYS -> {
                Integer many = whole(days, 1, Validity.MOST_DAYS);
                if (many == null) {
                    problems.reject("days", "worth.time.bad", Validity.MOST_DAYS);
                }
                yield many == null ? null : Validity.days(many, before);
            }
            case UNTIL -> {
                LocalDate last = date();
                if (last == null || last.isBefore(today)) {
                    problems.reject("until", "worth.until.bad");
                    yield null;
                }
                yield Validity.until(last, before);
            }
            case EVER -> null;
        };
    }

    private @Nullable LocalDate date() {
        try {
            return LocalDate.parse(until.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Integer whole(String typed, int least, int most) {
        String bare = typed.strip();
        if (!bare.matches("\\d{1,6}")) {
            return null;
        }
        int number = Integer.parseInt(bare);
        return number < least || number > most ? null : number;
    }
}
