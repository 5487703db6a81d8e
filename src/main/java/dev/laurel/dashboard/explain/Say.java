package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.platform.sql.Varchar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Numbers and times as people say them, for templates: {@code ${@say.score(line)}}. Never rounds up, so that 79.996 does
 * not read as a met 80.
 */
@Component("say")
public class Say {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    private static final DateTimeFormatter DAY_OF_YEAR =
            DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);

    private static final ZoneId UTC = ZoneId.of("UTC");

    private static final Set<Byte> TURNING = Set.of(
            Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
            Character.DIRECTIONALITY_ARABIC_NUMBER,
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE);

    private final Clock clock;

    Say(Clock clock) {
        this.clock = clock;
    }

    /** {@code 7.5}, {@code 82}; at most two decimals, cut off. */
    public String number(@Nullable BigDecimal number) {
        if (number == null) {
            return "";
        }
        BigDecimal cut = number.setScale(2, RoundingMode.DOWN).stripTrailingZeros();
        return (cut.scale() < 0 ? cut.setScale(0) : cut).toPlainString();
    }

    /** {@code 82 of 100 (82 %)}, or empty where there is no score. */
    public String score(Evaluation.Line line) {
        if (line.value() == null) {
            return "";
        }
        if (line.maximum() == null) {
            return number(line.value());
        }
        String points = number(line.value()) + " of " + number(line.maximum());
        return line.percent() == null ? points : points + " (" + number(line.percent()) + " %)";
    }

    /** {@code 80 %} or {@code 16 points}, with the other one behind it where the maximum is known. */
    public String threshold(Evaluation.Line line) {
        if (line.unit() == Evaluation.Unit.POINTS) {
            String points = points(line.threshold());
            return line.maximum() == null ? points : points + " of " + number(line.maximum());
        }
        String percent = number(line.threshold()) + " %";
        return line.thresholdPoints() == null
                ? percent
                : percent + " (" + number(line.thresholdPoints()) + " of " + number(line.maximum()) + ")";
    }

    /** {@code 80 %} or {@code 16 points}. */
    public String least(Evaluation.Line line) {
        return line.unit() == Evaluation.Unit.POINTS ? points(line.threshold()) : number(line.threshold()) + " %";
    }

    /** {@code 1 point}, {@code 7.5 points}. Missing points are rounded up: fewer would not be enough. */
    public String missing(BigDecimal points) {
        return points(points.setScale(2, RoundingMode.UP));
    }

    /** With no line break between a number and its sign. */
    public String tied(String sentence) {
        return sentence.replace(" %", "\u00A0%");
    }

    /** At most two decimals, rounded up: for what is missing. */
    public String up(BigDecimal number) {
        return number(number.setScale(2, RoundingMode.UP));
    }

    /**
     * What somebody called something, so that right-to-left letters and control characters in it do not reorder the words
     * around it (Unicode TR 9, isolates). Other names stay as they are.
     */
    public String isolated(String name) {
        boolean turns = name.codePoints().mapToObj(Character::getDirectionality).anyMatch(TURNING::contains);
        return turns ? "\u2068" + name + "\u2069" : name;
    }

    public String points(BigDecimal points) {
        String number = number(points);
        return number + (number.equals("1") ? " point" : " points");
    }

    /** {@code Monday 23 November, 15:10}; the year where it is another one. */
    public String when(@Nullable Instant at, ZoneId zone) {
        return at == null ? "" : day(at, zone) + ", " + TIME.format(at.atZone(zone));
    }

    /** {@code America/New_York}, {@code UTC}. */
    public String zone(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? UTC.getId() : zone.getId();
    }

    /** {@code Monday 23 November}; the year where it is another one. */
    public String day(@Nullable Instant at, ZoneId zone) {
        if (at == null) {
            return "";
        }
        ZonedDateTime there = at.atZone(zone);
        boolean thisYear = there.getYear() == clock.instant().atZone(zone).getYear();
        return (thisYear ? DAY : DAY_OF_YEAR).format(there);
    }

    /** {@code Monday 5 October}; the year where it is another one. */
    public String date(@Nullable LocalDate day) {
        return day == null ? "" : day(day.atStartOfDay(UTC).toInstant(), UTC);
    }

    /** {@code 240 kB}, {@code 2.4 MB}. */
    public String size(int bytes) {
        BigDecimal size = BigDecimal.valueOf(bytes);
        return bytes < 1_000_000
                ? size.movePointLeft(3).setScale(0, RoundingMode.UP) + " kB"
                : size.movePointLeft(6).setScale(1, RoundingMode.UP) + " MB";
    }

    /** {@code 4 minutes ago}; a weekday and time where it is more than a day. */
    public String ago(Instant at, ZoneId zone) {
        Duration since = Duration.between(at, clock.instant());
        if (since.toSeconds() < 5) {
            return "just now";
        }
        return since.toHours() >= 24 ? "on " + when(at, zone) : span(since) + " ago";
    }

    /** {@code in 1 minute}; {@code any moment} where it is due. */
    public String ahead(Instant at, ZoneId zone) {
        Duration until = Duration.between(clock.instant(), at);
        if (until.toSeconds() < 1) {
            return "any moment";
        }
        return until.toHours() >= 24 ? "on " + when(at, zone) : "in " + span(until);
    }

    /** To the second, with the zone, for those who follow a grade: {@code Monday 23 November, 15:10:04 UTC}. */
    public String exactly(Instant at, ZoneId zone) {
        ZoneId named = zone.normalized().equals(ZoneOffset.UTC) ? UTC : zone;
        return day(at, named) + ", " + SECOND.format(at.atZone(named));
    }

    /** The same for those whose zone nobody knows: {@code Monday 23 November, 15:10:04 UTC}. */
    public String utc(Instant at) {
        return exactly(at, UTC);
    }

    /** {@code 15:10:04 UTC}, where the day stands beside it. */
    public String utcTime(Instant at) {
        return SECOND.format(at.atZone(UTC));
    }

    /** The number in a form field; -1 where there is none. */
    public long id(String typed) {
        return typed.matches("\\d{1,18}") ? Long.parseLong(typed) : -1;
    }

    /** At most as much of a name as a picture of it can take. */
    public String cut(String name) {
        return Varchar.fit(name, 200);
    }

    private static String span(Duration duration) {
        if (duration.toSeconds() < 60) {
            return count(Math.max(1, duration.toSeconds()), "second");
        }
        if (duration.toMinutes() < 60) {
            return count(duration.toMinutes(), "minute");
        }
        return count(duration.toHours(), "hour");
    }

    private static String count(long n, String word) {
        return n + " " + word + (n == 1 ? "" : "s");
    }
}
