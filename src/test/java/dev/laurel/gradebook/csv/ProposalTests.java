package dev.laurel.gradebook.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.csv.CsvMapping.Flaw;
import dev.laurel.gradebook.csv.CsvMapping.Problem;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import dev.laurel.gradebook.csv.CsvMapping.Use;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the columns of a file are taken for, and what is said of the lines of it. */
class ProposalTests {

    @Test
    void theExportOfCanvasIsKnownWithItsMaximaAndWithoutWhatItWorksOutOrHoldsBack() {
        CsvLook look = TestCsv.look(TestCsv.CANVAS);
        CsvMapping mapping = TestCsv.mapping(look);

        assertThat(look.kind()).isEqualTo(CsvLook.Kind.CANVAS);
        assertThat(look.rows()).isEqualTo(3);
        assertThat(look.columns().get(7).heldBack()).isTrue();
        assertThat(roles(mapping))
                .containsExactly(
                        Role.IGNORE,
                        Role.USER_ID,
                        Role.SIS_ID,
                        Role.EMAIL,
                        Role.IGNORE,
                        Role.RESULT,
                        Role.RESULT,
                        Role.IGNORE,
                        Role.IGNORE,
                        Role.IGNORE,
                        Role.IGNORE,
                        Role.IGNORE,
                        Role.IGNORE,
                        Role.IGNORE);
        assertThat(mapping.uses().get(5).maximum()).isEqualByComparingTo("50");
        assertThat(mapping.decimals()).isEqualTo(Decimals.POINT);
        assertThat(new Proposal(look, Set.of()).flaws(mapping)).isEmpty();
    }

    @Test
    void excusedIsExcusedNothingIsNothingAndTheTestStudentIsNobody() {
        TestCsv.Told told = TestCsv.told(TestCsv.CANVAS);

        assertThat(told.found).containsExactly("4: 0 Essay 1 45.5", "4: 0 Quiz, first 9", "5: 1 Essay 1 EXCUSED");
        assertThat(told.problems).isEmpty();
        assertThat(told.rows).isEqualTo(3);
    }

    @Test
    void theExportOfMoodleIsKnownInItsLanguageWithPercentagesBeforePointsOfNoMaximum() {
        CsvLook look = TestCsv.look(TestCsv.MOODLE);
        Proposal proposal = new Proposal(look, Set.of());
        CsvMapping mapping = proposal.mapping();

        assertThat(look.kind()).isEqualTo(CsvLook.Kind.MOODLE);
        assertThat(mapping.place(Role.EMAIL)).isEqualTo(5);
        assertThat(mapping.results()).as("Midterm in percent, Essay").containsExactly(7, 9);
        assertThat(mapping.uses().get(7).maximum()).isEqualByComparingTo("100");
        assertThat(mapping.uses().get(9).maximum()).isNull();
        assertThat(mapping.decimals()).isEqualTo(Decimals.COMMA);
        assertThat(proposal.flaws(mapping)).isEmpty();
        assertThat(TestCsv.told(TestCsv.MOODLE).found)
                .containsExactly("2: 0 Test: Midterm (Prozentsatz) 85", "2: 0 Aufgabe: Essay (Punkte) 42");
    }

    @Test
    void aTotalOfMoodleIsNoneOfTheResultsInWhateverLanguageAndWhatMayBeOneIsAsked() {
        Proposal proposal = new Proposal(TestCsv.look(TestCsv.MOODLE), Set.of());

        assertThat(proposal.isTotal(12)).as("Kurs gesamt (Punkte)").isTrue();
        assertThat(proposal.isTotal(13)).isTrue();
        assertThat(proposal.mayBeTotal(11)).as("Mitarbeit").isTrue();
        assertThat(proposal.isTotal(11)).isFalse();
        assertThat(proposal.mayBeTotal(9)).as("Aufgabe: Essay").isFalse();
        assertThat(kinds(TestCsv.MOODLE, proposal, with(with(proposal.mapping(), 12, Role.RESULT), 11, Role.RESULT)))
                .contains("Kurs gesamt (Punkte) SUBTOTAL", "Mitarbeit (Punkte) SCORE");
    }

    @Test
    void noTotalOfMoodleIsTakenInWhateverLanguageWhereLaurelWritesNorWhatItWrites() {
        String text = TestCsv.MOODLE
                .replace("Mitarbeit (Punkte)", "Badge: Writer (Punkte)")
                .replace("Aufgabe: Essay", "Externes Tool: Badge: Reader");
        Proposal proposal = new Proposal(TestCsv.look(text), Set.of("badge: writer", "badge: reader"));

        assertThat(proposal.mapping().results()).as("Midterm").containsExactly(7);
        assertThat(List.of(9, 11, 12, 13)).allMatch(proposal::isOwn);
        assertThat(proposal.flaws(with(proposal.mapping(), 12, Role.RESULT)))
                .containsExactly(new Flaw(Problem.OWN_COLUMN, 12));
    }

    @Test
    void whereMoodleShowsTotalsFirstTheFirstIsTheOneOfTheCourse() {
        Proposal proposal = new Proposal(TestCsv.look(TestCsv.MOODLE_TOTALS_FIRST), Set.of());

        assertThat(proposal.mapping().results()).containsExactly(6, 7);
        assertThat(List.of(4, 5)).allMatch(proposal::isTotal);
        assertThat(TestCsv.told(TestCsv.MOODLE_TOTALS_FIRST).found)
                .containsExactly("2: 0 Quiz: Midterm 8.5", "2: 0 Assignment: Essay 42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kurs gesamt (Punkte)",
                "Summe für Labore (Punkte)",
                "Total du cours (Brut)",
                "Total de Labos (Brut)",
                "Total del curso (Real)",
                "Total Laboratorios (Real)",
                "Totale del corso (Punteggio)",
                "Total do curso (Real)",
                "Labs totaal (Punten)",
                "Suma kursu (Punkty)",
                "Labs: first half total (Real)"
            })
    void aTotalOfAnExportIsKnownByItsNameWhereverItStands(String header) {
        String text = "mail;Quiz: A (X);" + header + ";Quiz: B (X);Kurssi yhteensä (X);when\n"
                + "ada@example.edu;1,5;2,5;3,5;4,5;1790000000\n";
        Proposal proposal = new Proposal(TestCsv.look(text), Set.of());

        assertThat(proposal.mapping().results()).containsExactly(1, 3);
        assertThat(List.of(2, 4)).allMatch(proposal::isTotal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Kurs gesamt (Punkte)", "Gesamtpunkte", "Total du cours", "Totaal", "Suma punktów", "TOTALE"})
    void aTotalOfAPlainFileIsProposedAsOneInTheUsualLanguages(String header) {
        CsvLook look = TestCsv.look("email;Quiz;" + header + "\nada@example.edu;9;80\n");

        assertThat(look.kind()).isEqualTo(CsvLook.Kind.PLAIN);
        assertThat(roles(new Proposal(look, Set.of()).mapping())).containsExactly(Role.EMAIL, Role.RESULT, Role.TOTAL);
        assertThat(roles(new Proposal(look, Set.of("badges")).mapping()))
                .containsExactly(Role.EMAIL, Role.RESULT, Role.IGNORE);
    }

    @Test
    void ofOneLinePerResultWhatIsCalledATotalIsNotTakenWhereLaurelWrites() {
        String text = "email,item,score\nada@example.edu,Quiz,9\nada@example.edu,Kurs gesamt,80\n";
        Proposal proposal = new Proposal(TestCsv.look(text), Set.of("badges"));

        TestCsv.Told told = TestCsv.told(TestCsv.bytes(text), proposal, proposal.mapping());

        assertThat(told.found).containsExactly("2: 0 Quiz 9");
        assertThat(told.problems).extracting(CsvProblem::reason).containsExactly(CsvProblem.Reason.OWN_COLUMN);
    }

    @Test
    void aPlainFileHasALinePerResult() {
        assertThat(roles(TestCsv.mapping(TestCsv.look(TestCsv.PLAIN))))
                .containsExactly(Role.EMAIL, Role.ITEM, Role.SCORE, Role.MAXIMUM);
        assertThat(TestCsv.told(TestCsv.PLAIN).found)
                .containsExactly("2: 0 Essay 1 45.5", "3: 0 Quiz 9", "4: 1 Essay 1 20");
    }

    @Test
    void howNumbersAreWrittenIsAskedWhereTheFileDoesNotTell() {
        CsvLook look = TestCsv.look("email;Run\nada@example.edu;1,234\nbao@example.edu;2,345\n");
        CsvMapping mapping = TestCsv.mapping(look);

        assertThat(mapping.decimals()).isNull();
        assertThat(new Proposal(look, Set.of()).flaws(mapping)).containsExactly(new Flaw(Problem.DECIMALS, -1));

        CsvLook whole = TestCsv.look("email;Run\nada@example.edu;12\n");
        assertThat(new Proposal(whole, Set.of()).flaws(TestCsv.mapping(whole))).isEmpty();

        CsvLook both = TestCsv.look("email;Run\nada@example.edu;1,5\nbao@example.edu;2.5\n");
        assertThat(TestCsv.mapping(both).decimals()).isNull();
    }

    @Test
    void aColumnThatLaurelWritesIsNeverAnInputNorATotalThatItMayCountIn() {
        CsvLook look = TestCsv.look(TestCsv.CANVAS);
        Proposal proposal = new Proposal(look, Set.of("essay 1"));

        assertThat(roles(proposal.mapping()).get(5)).isEqualTo(Role.IGNORE);
        assertThat(proposal.isOwn(10)).as("Current Score").isTrue();
        assertThat(proposal.flaws(with(with(proposal.mapping(), 5, Role.RESULT), 10, Role.RESULT)))
                .containsExactly(new Flaw(Problem.OWN_COLUMN, 5), new Flaw(Problem.OWN_COLUMN, 10));
    }

    @Test
    void aPlainFileMayHaveATotalByItsNameOrByTheInstructorsWord() {
        String text = "email,Quiz,Total,Sum of all\nada@example.edu,9,80,81\n";
        CsvLook look = TestCsv.look(text);
        Proposal proposal = new Proposal(look, Set.of());

        assertThat(roles(proposal.mapping())).containsExactly(Role.EMAIL, Role.RESULT, Role.TOTAL, Role.RESULT);
        assertThat(kinds(text, proposal, with(proposal.mapping(), 3, Role.TOTAL)))
                .containsExactly("Quiz SCORE", "Total SUBTOTAL", "Sum of all SUBTOTAL");
        assertThat(kinds(text, proposal, with(proposal.mapping(), 2, Role.RESULT)))
                .as("it is called so, and is none")
                .containsExactly("Quiz SCORE", "Total SCORE", "Sum of all SCORE");
    }

    @Test
    void aScoreThatCanvasWorksOutIsOutOfAHundredOnceSomebodyAsksForIt() {
        CsvMapping mapping = TestCsv.mapping(
                TestCsv.look("Student,ID,Section,Essay (1),Current Points,Labs Final Score,Override Score\n"
                        + "    Points Possible,,,50,(read only),(read only),(read only)\n"
                        + "Ada,1,A,45,45,90,\n"));

        assertThat(roles(mapping).subList(3, 7)).containsExactly(Role.RESULT, Role.IGNORE, Role.IGNORE, Role.IGNORE);
        assertThat(mapping.uses().get(4).maximum()).isNull();
        assertThat(mapping.uses().get(5).maximum()).isEqualByComparingTo("100");
        assertThat(mapping.uses().get(6).maximum()).isEqualByComparingTo("100");
    }

    @Test
    void ofOneLinePerResultTheInstructorNamesTheTotal() {
        String text = "email,item,score,maximum\nada@example.edu,Quiz,9,10\nada@example.edu,Course  TOTAL,80,100\n";
        Proposal proposal = new Proposal(TestCsv.look(text), Set.of());
        CsvMapping plain = proposal.mapping();

        assertThat(kinds(text, proposal, plain)).containsExactly("Quiz SCORE", "Course  TOTAL SCORE");
        assertThat(kinds(text, proposal, withTotal(plain, " course total")))
                .containsExactly("Quiz SCORE", "Course  TOTAL SUBTOTAL");
    }

    @Test
    void noTotalIsTakenWhereLaurelWritesWhatMayCountInIt() {
        CsvLook wide = TestCsv.look("email,Quiz,Total\nada@example.edu,9,80\n");
        Proposal proposal = new Proposal(wide, Set.of("badges"));
        assertThat(roles(proposal.mapping())).containsExactly(Role.EMAIL, Role.RESULT, Role.IGNORE);
        assertThat(proposal.flaws(with(proposal.mapping(), 1, Role.TOTAL)))
                .containsExactly(new Flaw(Problem.OWN_COLUMN, 1));
        assertThat(proposal.flaws(with(proposal.mapping(), 2, Role.RESULT)))
                .as("who says that it is none is believed")
                .isEmpty();

        CsvLook perResult = TestCsv.look("email,item,score\nada@example.edu,Total,80\n");
        Proposal other = new Proposal(perResult, Set.of("badges"));
        assertThat(other.flaws(withTotal(other.mapping(), "Total"))).containsExactly(new Flaw(Problem.OWN_COLUMN, -1));
    }

    private static CsvMapping withTotal(CsvMapping mapping, String item) {
        return new CsvMapping(mapping.delimiter(), mapping.decimals(), mapping.uses(), mapping.takeBack(), item);
    }

    private static List<String> kinds(String text, Proposal proposal, CsvMapping mapping) {
        return new FileReading(TestCsv.bytes(text), proposal, mapping, TestCsv.learners())
                .items().stream().map(item -> item.label + " " + item.kind).toList();
    }

    @Test
    void whatCannotBeMeantIsNamedWithItsColumn() {
        CsvLook look = TestCsv.look("email,Quiz,quiz ,item\nada@example.edu,1,2,x\n");
        Proposal proposal = new Proposal(look, Set.of());
        CsvMapping mapping = proposal.mapping();

        assertThat(roles(mapping)).containsExactly(Role.EMAIL, Role.RESULT, Role.IGNORE, Role.IGNORE);
        assertThat(proposal.flaws(with(mapping, 2, Role.RESULT))).containsExactly(new Flaw(Problem.SAME_NAME, 2));
        assertThat(proposal.flaws(with(mapping, 3, Role.ITEM))).containsExactly(new Flaw(Problem.TWO_SHAPES, -1));
        assertThat(proposal.flaws(with(mapping, 0, Role.IGNORE))).containsExactly(new Flaw(Problem.NOBODY, -1));
        assertThat(proposal.flaws(with(mapping, 1, Role.IGNORE))).containsExactly(new Flaw(Problem.NO_RESULTS, -1));
        assertThat(proposal.flaws(with(mapping, 3, Role.EMAIL))).containsExactly(new Flaw(Problem.TWICE, 3));
    }

    @Test
    void everyProblemIsNamedWithItsLineAndTheRestIsTaken() {
        String text = """
                email,user id,Quiz
                ada@example.edu,1,9
                stranger@example.edu,,9
                twin@example.edu,,9
                ta@example.edu,,9
                ada@example.edu,2,9
                bao@example.edu,99,9
                ,,9
                bao@example.edu,2,nine
                bao@example.edu,2,-1
                bao@example.edu,2,1.5E2
                bao@example.edu,2,=1+1
                bao@example.edu,2,99999999
                bao@example.edu,2,9,10
                bao@example.edu,0002,9
                """;
        Proposal proposal = new Proposal(TestCsv.look(text), Set.of());

        TestCsv.Told told = TestCsv.told(TestCsv.bytes(text), proposal, with(proposal.mapping(), 2, Role.RESULT));

        assertThat(told.found).containsExactly("2: 0 Quiz 9");
        assertThat(told.problems)
                .extracting(CsvProblem::line, CsvProblem::reason)
                .containsExactly(
                        at(3, CsvProblem.Reason.UNKNOWN_LEARNER),
                        at(4, CsvProblem.Reason.AMBIGUOUS_LEARNER),
                        at(5, CsvProblem.Reason.NO_LEARNER),
                        at(6, CsvProblem.Reason.TWO_LEARNERS),
                        at(7, CsvProblem.Reason.TWO_LEARNERS),
                        at(8, CsvProblem.Reason.NOBODY_NAMED),
                        at(9, CsvProblem.Reason.NO_NUMBER),
                        at(10, CsvProblem.Reason.BELOW_ZERO),
                        at(11, CsvProblem.Reason.NO_NUMBER),
                        at(12, CsvProblem.Reason.NO_NUMBER),
                        at(13, CsvProblem.Reason.TOO_LARGE),
                        at(14, CsvProblem.Reason.FIELDS),
                        at(15, CsvProblem.Reason.TWO_LEARNERS));
    }

    @Test
    void ofTwoLinesAboutTheSameNeitherIsTaken() {
        TestCsv.Told told = TestCsv.told("""
                email,Quiz,Essay
                ada@example.edu,9,1
                bao@example.edu,8,2
                ada@example.edu,10,
                """);

        assertThat(told.found).containsExactly("2: 0 Essay 1", "3: 1 Quiz 8", "3: 1 Essay 2");
        assertThat(told.problems)
                .extracting(CsvProblem::line, CsvProblem::reason)
                .containsExactly(at(2, CsvProblem.Reason.REPEATED), at(4, CsvProblem.Reason.REPEATED));
    }

    @Test
    void aResultFarAboveWhatIsPossibleAndASecondMaximumAreNamed() {
        TestCsv.Told told = TestCsv.told("""
                email,item,score,maximum
                ada@example.edu,Quiz,12,10
                bao@example.edu,Quiz,101,10
                bao@example.edu,Quiz,8,20
                bao@example.edu,Quiz,80 %,10
                bao@example.edu,,8,10
                bao@example.edu,Essay,8,ten
                """);

        assertThat(told.found).containsExactly("2: 0 Quiz 12");
        assertThat(told.problems)
                .extracting(CsvProblem::reason)
                .containsExactly(
                        CsvProblem.Reason.FAR_ABOVE,
                        CsvProblem.Reason.OTHER_MAXIMUM,
                        CsvProblem.Reason.PERCENT,
                        CsvProblem.Reason.ITEM_MISSING,
                        CsvProblem.Reason.BAD_MAXIMUM);
    }

    @Test
    void aColumnOfPercentagesIsOutOfAHundredAlsoWhereNobodySaysSo() {
        String text = """
                email,Quiz,Essay,Talk
                ada@example.edu,85 %,17,85 %
                bao@example.edu,90.5%,,17
                """;
        Proposal proposal = new Proposal(TestCsv.look(text), Set.of());
        assertThat(proposal.mapping().uses().get(1).maximum()).isEqualByComparingTo("100");
        assertThat(proposal.mapping().uses().get(2).maximum()).isNull();
        assertThat(proposal.mapping().uses().get(3).maximum())
                .as("of both forms")
                .isNull();

        List<Use> unsaid = proposal.mapping().uses().stream()
                .map(use -> new Use(use.role(), null))
                .toList();
        CsvMapping mapping = new CsvMapping(',', Decimals.POINT, unsaid, false, null);
        FileReading reading = new FileReading(TestCsv.bytes(text), proposal, mapping, TestCsv.learners());
        TestCsv.Told told = new TestCsv.Told();
        reading.read(0, told);

        assertThat(reading.items().get(0).maximum).isEqualByComparingTo("100");
        assertThat(told.found).containsExactly("2: 0 Quiz 85", "2: 0 Essay 17", "3: 1 Quiz 90.5", "3: 1 Talk 17");
        assertThat(told.problems)
                .extracting(CsvProblem::line, CsvProblem::reason)
                .containsExactly(at(2, CsvProblem.Reason.PERCENT));
    }

    @Test
    void aPercentageOfALineWithoutAMaximumIsOutOfAHundred() {
        String text = """
                email,item,score,maximum
                ada@example.edu,Quiz,85 %,
                bao@example.edu,Quiz,80 %,100
                ada@example.edu,Essay,17,
                bao@example.edu,Essay,85 %,
                ada@example.edu,Talk,85 %,
                bao@example.edu,Talk,17,
                """;
        Proposal proposal = new Proposal(TestCsv.look(text), Set.of());
        FileReading reading = new FileReading(TestCsv.bytes(text), proposal, proposal.mapping(), TestCsv.learners());
        TestCsv.Told told = new TestCsv.Told();
        reading.read(0, told);

        assertThat(reading.items())
                .extracting(item -> item.maximum == null
                        ? "-"
                        : item.maximum.stripTrailingZeros().toPlainString())
                .containsExactly("100", "-", "100");
        assertThat(told.found).containsExactly("2: 0 Quiz 85", "3: 1 Quiz 80", "4: 0 Essay 17", "6: 0 Talk 85");
        assertThat(told.problems)
                .extracting(CsvProblem::line, CsvProblem::reason)
                .containsExactly(at(5, CsvProblem.Reason.PERCENT), at(7, CsvProblem.Reason.OTHER_MAXIMUM));
    }

    @Test
    void nextWeeksExportFindsItsColumnsAgain() {
        assertThat(CsvNames.externalId(CsvLook.Kind.CANVAS, "Essay 1 (101)"))
                .isEqualTo(CsvNames.externalId(CsvLook.Kind.CANVAS, "Essay one, renamed (101)"))
                .isNotEqualTo(CsvNames.externalId(CsvLook.Kind.CANVAS, "Essay 1 (102)"));
        assertThat(CsvNames.externalId(CsvLook.Kind.PLAIN, "  Essay \u00a01"))
                .isEqualTo(CsvNames.externalId(CsvLook.Kind.PLAIN, "ESSAY 1"));
    }

    private static org.assertj.core.groups.Tuple at(long line, CsvProblem.Reason reason) {
        return org.assertj.core.api.Assertions.tuple(line, reason);
    }

    private static List<Role> roles(CsvMapping mapping) {
        return mapping.uses().stream().map(Use::role).toList();
    }

    private static CsvMapping with(CsvMapping mapping, int place, Role role) {
        List<Use> uses = new ArrayList<>(mapping.uses());
        uses.set(place, new Use(role, new BigDecimal(10)));
        return new CsvMapping(mapping.delimiter(), mapping.decimals(), uses, mapping.takeBack(), null);
    }
}
