package dev.laurel.gradebook.csv;

import dev.laurel.platform.sql.Varchar;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that Canvas and Moodle write into their exports, and what plain files call their columns. */
final class CsvNames {

    /** Canvas: {@code Essay 1 (1234)}. */
    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)(.*\\S)\\s*\\((\\d{1,20})\\)");

    /** Moodle: {@code Quiz: Midterm (Real)}. */
    private static final Pattern REAL = Pattern.compile("(?s)(.*\\S)\\s*\\(Real\\)");

    private static final Pattern MAIL = Pattern.compile("[^\\s@,;]{1,200}@[^\\s@,;]{1,200}");

    /** Canvas: also by group of assignments, before it, and by grading period, behind it. */
    private static final Pattern CANVAS_TOTAL = Pattern.compile(
            "(?s)(?:.* )?(?:(?:unposted )?(?:current|final) (?:score|grade)|(?:current|final) points|override (?:score|grade))(?: \\(.*\\))?");

    /** In the languages in which most exports are written, before or behind what it is the total of. */
    private static final String TOTAL = "(?:total|totale|totaal|cursustotaal|gesamt|summe|suma|razem)";

    private static final Pattern CALLED_TOTAL =
            Pattern.compile("(?s)" + TOTAL + "(?:[ :].*)?|.* " + TOTAL + "|total d['\u2019].*");

    /** How grades are shown, behind the name, as Moodle writes it. */
    private static final Pattern SHOWN = Pattern.compile(" ?\\([^()]*\\)$");

    private static final Set<String> MAIL_NAMES =
            Set.of("email", "e-mail", "mail", "email address", "e-mail address", "student email", "user email");

    /** Of Canvas, of Moodle, and of whoever writes a plain file. */
    private static final Set<String> SIS_NAMES =
            Set.of("sis user id", "id number", "sis id", "student number", "lis_person_sourcedid");

    private static final Set<String> ID_NAMES = Set.of("user id", "userid", "lms id", "canvas id", "moodle id", "sub");

    /** What exports and plain files call a column with names of people, or with a part of them. */
    private static final Set<String> PERSON_NAMES = Set.of(
            "name",
            "names",
            "full name",
            "fullname",
            "display name",
            "student",
            "student name",
            "learner",
            "learner name",
            "participant",
            "first name",
            "firstname",
            "given name",
            "last name",
            "lastname",
            "surname",
            "family name",
            "vorname",
            "nachname",
            "nom",
            "pr\u00e9nom",
            "nom de famille",
            "nombre",
            "apellido",
            "apellidos",
            "apellido(s)",
            "nome",
            "cognome",
            "sobrenome",
            "voornaam",
            "achternaam",
            "imi\u0119",
            "nazwisko");

    private static final Set<String> ITEM_NAMES = Set.of("item", "assignment", "activity", "column", "grade item");

    private static final Set<String> SCORE_NAMES = Set.of("score", "points", "grade", "result", "mark");

    private static final Set<String> MAXIMUM_NAMES =
            Set.of("maximum", "max", "out of", "points possible", "max score", "maximum score", "max points");

    /** What a plain file may call the total of its course, so that it is asked whether it is one. */
    private static final Set<String> TOTAL_NAMES = Set.of(
            "course total",
            "course grade",
            "course score",
            "overall",
            "overall grade",
            "overall score",
            "total",
            "total grade",
            "total score",
            "total points",
            "gesamt",
            "gesamtergebnis",
            "gesamtpunkte",
            "gesamtpunktzahl",
            "kurs gesamt",
            "summe",
            "total du cours",
            "total des points",
            "total del curso",
            "total de puntos",
            "totale",
            "totale corso",
            "totale del corso",
            "totale punti",
            "total do curso",
            "total de pontos",
            "cursustotaal",
            "totaal",
            "totaal cursus",
            "suma",
            "suma kursu",
            "suma punkt\u00f3w",
            "razem");

    private CsvNames() {}

    static CsvLook.Kind kind(List<CsvLook.Column> columns) {
        Set<String> headers =
                columns.stream().map(column -> normal(column.header())).collect(Collectors.toSet());
        if (headers.contains("id")
                && (headers.contains("student") || headers.contains("lastname"))
                && headers.contains("section")) {
            return CsvLook.Kind.CANVAS;
        }
        return MoodleExport.is(columns) ? CsvLook.Kind.MOODLE : CsvLook.Kind.PLAIN;
    }

    /** The same for the same words, however they are spaced and capitalised. */
    static String normal(String header) {
        return Normalizer.normalize(header, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    static boolean isAssignment(String header) {
        return ASSIGNMENT.matcher(header).matches();
    }

    /** What finds the column again in next week's export. */
    static String externalId(CsvLook.Kind kind, String header) {
        Matcher assignment = ASSIGNMENT.matcher(header);
        return kind == CsvLook.Kind.CANVAS && assignment.matches()
                ? "canvas:" + assignment.group(2)
                : "name:" + normal(header);
    }

    static String label(CsvLook.Kind kind, String header) {
        Matcher assignment = ASSIGNMENT.matcher(header);
        if (kind == CsvLook.Kind.CANVAS && assignment.matches()) {
            return assignment.group(1);
        }
        Matcher real = REAL.matcher(header);
        return real.matches() ? real.group(1) : header.strip();
    }

    /** Whether Canvas calls a total so. */
    static boolean isCanvasTotal(String header) {
        return CANVAS_TOTAL.matcher(normal(header)).matches();
    }

    /** Whether somebody may call the total of a course so in a plain file, or in an export that was saved again. */
    static boolean isPlainTotal(String header) {
        String name = normal(header);
        return TOTAL_NAMES.contains(name)
                || TOTAL_NAMES.contains(SHOWN.matcher(name).replaceFirst(""));
    }

    /** Whether this name, in {@link #normal} words, is one of a total in a usual language. */
    static boolean isCalledTotal(String name) {
        return CALLED_TOTAL.matcher(name).matches();
    }

    /** Canvas's scores of a course or of a group are percentages; its points are not. */
    static boolean isPercentTotal(CsvLook.Kind kind, String header) {
        return kind == CsvLook.Kind.CANVAS
                && isCanvasTotal(header)
                && normal(header).matches("(?s)(?:.* )?score(?: \\(.*\\))?");
    }

    /** Canvas calls it so in every language. */
    static boolean isHeldBack(String field) {
        return field.startsWith("Manual Posting") || field.equals("Muted");
    }

    static boolean isTestStudent(String header, String field) {
        return normal(header).equals("student") && field.equals("Student, Test");
    }

    static boolean isExcused(String field) {
        return field.equalsIgnoreCase("EX");
    }

    static boolean isAbsent(String field) {
        return field.isEmpty() || field.equals("-") || field.equals("\u2013") || field.equalsIgnoreCase("N/A");
    }

    static boolean isMail(String field) {
        return MAIL.matcher(field).matches();
    }

    static boolean isMailName(String header) {
        return MAIL_NAMES.contains(normal(header));
    }

    static boolean isIdName(String header) {
        return ID_NAMES.contains(normal(header));
    }

    static boolean isSisName(String header) {
        return SIS_NAMES.contains(normal(header));
    }

    static boolean isPersonName(String header) {
        return PERSON_NAMES.contains(normal(header));
    }

    static boolean isItemName(String header) {
        return ITEM_NAMES.contains(normal(header));
    }

    static boolean isScoreName(String header) {
        return SCORE_NAMES.contains(normal(header));
    }

    static boolean isMaximumName(String header) {
        return MAXIMUM_NAMES.contains(normal(header));
    }

    static String cut(String text, int longest) {
        return Varchar.fitWithEllipsis(text, longest);
    }
}
