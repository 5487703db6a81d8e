package dev.laurel.gradebook.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files as they come from people and platforms. */
final class TestCsv {

    /** Canvas, with hidden columns, as its exporter writes it. */
    static final String CANVAS = """
            Student,ID,SIS User ID,SIS Login ID,Section,Essay 1 (101),"Quiz, first (102)",Debate (103),Essays Current Score,Essays Final Score,Current Score,Unposted Current Score,Final Score,Unposted Final Score
            ,,,,,,,Manual Posting,,,,,,
                Points Possible,,,,,50.00,10.00,20.00,(read only),(read only),(read only),(read only),(read only),(read only)
            "Lovelace, Ada",1,007,ada@example.edu,"Section 1, and Section 2",45.50,9.00,,91.00,91.00,91.00,91.00,91.00,91.00
            "Bao, Li",2,008,bao@example.edu,Section 1,EX,N/A,12.00,0,0,0,0,0,0
            "Student, Test",9,,0123456789abcdef,Section 1,50.00,10.00,,100,100,100,100,100,100
            """;

    /** Moodle in German with semicolons, shown in two ways and with feedback; what is not told is a hyphen. */
    static final String MOODLE = """
            Vorname;Nachname;ID-Nummer;Institution;Abteilung;E-Mail-Adresse;"Test: Midterm (Punkte)";"Test: Midterm (Prozentsatz)";"Test: Midterm (Feedback)";"Aufgabe: Essay (Punkte)";"Aufgabe: Essay (Feedback)";"Mitarbeit (Punkte)";"Kurs gesamt (Punkte)";"Kurs gesamt (Prozentsatz)";"Zuletzt von diesem Kurs heruntergeladen"
            Ada;Lovelace;007;;;ada@example.edu;8,50;"85,00 %";;42,00;"Sehr gut";3,00;53,50;"89,17 %";1790000000
            Li;Bao;008;;;bao@example.edu;-;-;;-;;-;-;-;1790000001
            """;

    /** The same in English with commas, a category and its total first. */
    static final String MOODLE_TOTALS_FIRST = """
            "First name","Last name","ID number","Email address","Course total (Real)","Labs total (Real)","Quiz: Midterm (Real)","Assignment: Essay (Real)","Last downloaded from this course"
            Ada,Lovelace,007,ada@example.edu,50.50,8.50,8.50,42.00,1790000000
            """;

    static final String PLAIN = """
            email,item,score,maximum
            ada@example.edu,Essay 1,45.5,50
            ada@example.edu,Quiz,9,10
            bao@example.edu,Essay 1,20,50
            """;

    private TestCsv() {}

    static FileBytes bytes(String text) {
        return bytes(text, StandardCharsets.UTF_8);
    }

    static FileBytes bytes(String text, Charset charset) {
        return bytes(text.getBytes(charset));
    }

    static FileBytes bytes(byte[] content) {
        return () -> new ByteArrayInputStream(content);
    }

    static CsvLook look(String text) {
        return look(bytes(text));
    }

    static CsvLook look(FileBytes file) {
        try {
            return CsvLook.at(CsvFile.of(file, Encoding.of(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static CsvMapping mapping(CsvLook look) {
        return new Proposal(look, Set.of()).mapping();
    }

    /** Ada and Bao are learners 10 and 11, 12 is their assistant, and 13 and 14 share an address. */
    static Learners learners() {
        Learners learners = new Learners(List.of(10L, 11L, 13L, 14L), Set.of(), Map.of());
        learners.add(
                CsvMapping.Role.EMAIL,
                Map.of(
                        10L, "Ada@Example.edu",
                        11L, "bao@example.edu",
                        12L, "ta@example.edu",
                        13L, "twin@example.edu",
                        14L, "twin@example.edu"));
        learners.add(CsvMapping.Role.USER_ID, Map.of(10L, "1", 11L, "2", 12L, "3"));
        return learners;
    }

    /** What a reading tells, in words. */
    static final class Told implements FileReading.Listener {

        final List<String> found = new ArrayList<>();

        final List<CsvProblem> problems = new ArrayList<>();

        long rows;

        @Override
        public void found(FileReading.Found result) {
            found.add(result.line() + ": " + result.learner() + " " + result.item().label + " "
                    + (result.score() == null
                            ? result.status()
                            : result.score().stripTrailingZeros().toPlainString()));
        }

        @Override
        public void problem(CsvProblem problem) {
            problems.add(problem);
        }

        @Override
        public void endOfLine(long read) {
            rows = read;
        }
    }

    static Told told(String text) {
        CsvLook look = look(text);
        Proposal proposal = new Proposal(look, Set.of());
        return told(bytes(text), proposal, proposal.mapping());
    }

    static Told told(FileBytes file, Proposal proposal, CsvMapping mapping) {
        Told told = new Told();
        new FileReading(file, proposal, mapping, learners()).read(0, told);
        return told;
    }
}
