package dev.laurel.achievement.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.laurel.achievement.Alignment;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of the file of a framework. */
class FrameworkFileTests {

    private static final String CASE = """
            {"CFDocument": {"identifier": "c5fb0812", "uri": "https://case.example/uri/c5fb0812", "title": "Career readiness"},
             "CFItems": [
              {"identifier": "1", "uri": "https://case.example/uri/1", "fullStatement": "Critical thinking",
               "humanCodingScheme": "CT", "CFItemType": "Competency"},
              {"identifier": "2", "uri": "https://case.example/uri/2", "fullStatement": "%s", "abbreviatedStatement": "Team work"},
              {"identifier": "3", "uri": "urn:uuid:3", "fullStatement": "Leadership"},
              {"identifier": "4", "uri": "https://case.example/uri/4"},
              {"identifier": "1", "uri": "https://case.example/uri/1", "fullStatement": "Critical thinking"}]}""".formatted("Works with others. ".repeat(40));

    @Test
    void aCasePackageHasItsItemsWithNameAddressAndCode() throws Exception {
        FrameworkFile file = FrameworkFile.read(bytes(CASE), null);

        assertThat(file.name()).isEqualTo("Career readiness");
        assertThat(file.skills())
                .containsExactly(
                        new Alignment(
                                "Critical thinking", "https://case.example/uri/1", "CT", "Career readiness", "CFItem"),
                        new Alignment("Team work", "https://case.example/uri/2", null, "Career readiness", "CFItem"));
        assertThat(file.untaken()).containsExactly(new Untaken(3, Untaken.URL), new Untaken(4, Untaken.NAME));
    }

    @Test
    void whatIsLongIsCutAndThePackageMayStandInsideAnotherObject() throws Exception {
        String wrapped = "{\"CFPackage\": " + CASE.replace("abbreviatedStatement", "notes") + "}";

        FrameworkFile file = FrameworkFile.read(bytes(wrapped), "Ours");

        assertThat(file.name()).as("what was typed counts more").isEqualTo("Ours");
        assertThat(file.skills().get(1).targetName())
                .startsWith("Works with others. Works")
                .hasSizeLessThanOrEqualTo(Alignment.LONGEST_NAME)
                .endsWith("…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Name,URL,Code\\nFühren,https://f.example/1,L|Führen",
                "code;url;competency\\nL;https://f.example/1;Führen|Führen",
                "framework\\ttitle\\turi\\nMine\\tFühren\\thttps://f.example/1|Führen",
                "name,url\\n\"Führen, und leiten\",https://f.example/1\\n\\n|Führen, und leiten",
                "conceptType,conceptUri,skillType,preferredLabel,altLabels\\nSkill,https://f.example/1,skill,Führen,leiten|Führen",
                "Canonical URL,RSD Name,Authors,Skill Statement\\nhttps://f.example/1,Führen,OSN,Lead people|Führen",
                "Identifier,fullStatement,humanCodingScheme\\nhttps://f.example/1,Führen,L|Führen",
                "identifier,skill,uri,name\\n7,Skill,https://f.example/1,Führen|Führen"
            })
    void aTableIsReadWhateverDelimiterAndNamesItsColumnsHave(String text, String name) throws Exception {
        String table = text.replace("\\n", "\r\n").replace("\\t", "\t");

        for (byte[] file :
                new byte[][] {bytes(table), bytes("\uFEFF" + table), table.getBytes(Charset.forName("windows-1252"))}) {
            assertThat(FrameworkFile.read(file, "Mine").skills())
                    .singleElement()
                    .satisfies(skill -> {
                        assertThat(skill.targetName()).isEqualTo(name);
                        assertThat(skill.targetUrl()).isEqualTo("https://f.example/1");
                        assertThat(skill.targetFramework()).isEqualTo("Mine");
                    });
        }
    }

    @Test
    void linesWithoutAnAddressThatAnybodyCanOpenAreNamedByTheirNumber() throws Exception {
        FrameworkFile file = FrameworkFile.read(
                bytes(
                        "name,url,framework\nOne,https://f.example/1,Mine\nTwo,f.example/2,Mine\n,https://f.example/3,Mine\n"),
                "");

        assertThat(file.name()).isEqualTo("Mine");
        assertThat(file.skills()).hasSize(1);
        assertThat(file.untaken()).containsExactly(new Untaken(3, Untaken.URL), new Untaken(4, Untaken.NAME));
    }

    @Test
    void ofATableOfSeveralFrameworksTheFirstIsTakenAndLinesOfOthersAreNamed() throws Exception {
        FrameworkFile file = FrameworkFile.read(bytes("""
                        name,url,framework
                        One,https://f.example/1,Mine
                        Two,https://f.example/2,Theirs
                        Three,https://f.example/3,Mine
                        Four,https://f.example/4,
                        """), null);

        assertThat(file.name()).isEqualTo("Mine");
        assertThat(file.skills()).extracting(Alignment::targetName).containsExactly("One", "Three", "Four");
        assertThat(file.untaken()).containsExactly(new Untaken(3, Untaken.OTHER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"CFItems\": [|json",
                "{\"items\": []}|case",
                "a,b\\n1,2|columns",
                "name,url|empty",
                "name,url\\nOne,nowhere|empty",
                "name,url\\nOne,https://f.example/1|name",
                "name,url\\n\"One,https://f.example/1|table"
            })
    void whatIsNoFrameworkIsRefusedWithItsReason(String text, String reason) {
        byte[] file = bytes(text.replace("\\n", "\n"));

        assertThat(catchThrowableOfType(FrameworkRefusedException.class, () -> FrameworkFile.read(file, null))
                        .key())
                .isEqualTo("frameworks.refused." + reason);
    }

    @Test
    void moreThanAnybodyCanSearchIsRefused() {
        String many = IntStream.rangeClosed(0, FrameworkFile.MOST_SKILLS)
                .mapToObj(i -> "Skill " + i + ",https://f.example/" + i)
                .collect(Collectors.joining("\n", "name,url\n", ""));

        assertThat(catchThrowableOfType(FrameworkRefusedException.class, () -> FrameworkFile.read(bytes(many), "Mine"))
                        .key())
                .isEqualTo("frameworks.refused.many");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
