package dev.laurel.achievement.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.achievement.Alignment;
import dev.laurel.platform.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Skills are found by words in the frameworks of an institution. */
abstract class AbstractFrameworksTests {

    private static final String READ = """
            SELECT SUM(variable_value) FROM %s.session_status
            WHERE variable_name LIKE 'Handler_read%%'""";

    @Autowired
    Frameworks frameworks;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private final TenantId tenant = new TenantId(ThreadLocalRandom.current().nextLong(1_000, 1L << 50));

    /** Where the server counts what a session read. */
    abstract String statusSchema();

    @Test
    void aSkillIsFoundByTheBeginningsOfItsWordsInAnyOrderAndScript() throws Exception {
        bring("Mixed", "S1.2,Critical thinking", ",Kritisches Denken", ",批判的思考", ",Think in C++", ",Think in C");

        assertThat(found("think crit")).containsExactly("Critical thinking");
        assertThat(found("THINK")).containsExactly("Critical thinking", "Think in C++", "Think in C");
        assertThat(found("s1.2")).containsExactly("Critical thinking");
        assertThat(found("s1.3")).isEmpty();
        assertThat(found("思考")).containsExactly("批判的思考");
        assertThat(found("c++")).containsExactly("Think in C++");
        assertThat(found("denken kritik")).isEmpty();
        assertThat(found("%")).isEmpty();
        assertThat(found(" ")).isEmpty();
        assertThat(frameworks.find(new TenantId(tenant.value() + 1), "think"))
                .as("of another institution")
                .isEmpty();
    }

    @Test
    void aNewerFileAndARemovalTakeTheWordsAlong() throws Exception {
        bring("Writing", ",Essay", ",Letter");
        bring("Writing", ",Poem");
        assertThat(found("essay")).isEmpty();
        assertThat(found("poem")).containsExactly("Poem");

        frameworks.remove(tenant, frameworks.all(tenant).get(0).id());

        assertThat(found("poem")).isEmpty();
        assertThat(words()).isZero();
    }

    @Test
    void whatWasBroughtBeforeWordsWereKeptIsFoundToo() throws Exception {
        bring("Writing", ",Essay");
        forgetWords();

        assertThat(found("essay")).containsExactly("Essay");
        assertThat(found("essay")).containsExactly("Essay");
    }

    @Test
    void aSearchReadsWhatItFinds() throws Exception {
        bringThreeThousand();

        assertThat(read("nothing")).isLessThan(20);
        assertThat(read("number2999")).isLessThan(100);
        assertThat(read("common")).isLessThan(1_000);
        assertThat(read("common number2999")).isLessThan(1_000);
        assertThat(found("common")).hasSize(Frameworks.MOST_FOUND);
        assertThat(found("common number2999")).containsExactly("Common skill number2999");
    }

    @Test
    void askingWhatIsCalledLikeManyThingsReadsLittleMore() throws Exception {
        bringThreeThousand();
        List<String> labels =
                List.of("common skill NUMBER2999", " K7 Common skill number7", "number7", "K7", "Essay", "+++", "");

        assertThat(called(labels)).containsExactly("Common skill number2999", "Common skill number7");
        assertThat(read(() -> frameworks.called(tenant, labels))).isLessThan(100);
    }

    @Test
    void whatIsCalledLikeSomethingIsFoundInAnyScriptAndAlsoWhereWordsWereNotKept() throws Exception {
        bring("Mixed", "S1.2,Critical thinking", ",批判的思考", ",C++", "T9,批判的思考 思考");
        forgetWords();

        assertThat(called(List.of("批判的思考", "c++", "S1.2 critical Thinking", "批判")))
                .containsExactly("批判的思考", "C++", "Critical thinking");
    }

    private void bringThreeThousand() throws Exception {
        bring(
                "Large",
                IntStream.range(0, 3_000)
                        .mapToObj(each -> "K" + each + ",Common skill number" + each)
                        .toArray(String[]::new));
    }

    /** As of one that was brought before words were kept. */
    private void forgetWords() {
        jdbc.sql("DELETE FROM framework_word WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        jdbc.sql("UPDATE framework SET has_words = FALSE WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    private List<String> called(List<String> labels) {
        return frameworks.called(tenant, labels).stream()
                .map(Alignment::targetName)
                .toList();
    }

    private long read(String words) {
        return read(() -> frameworks.find(tenant, words));
    }

    /** Rows and places in indexes that the server looked at. */
    private long read(Runnable asked) {
        return Objects.requireNonNull(transaction.execute(status -> {
            asked.run();
            long before = handlers();
            long none = handlers() - before;
            long start = handlers();
            asked.run();
            return handlers() - start - none;
        }));
    }

    private long handlers() {
        return jdbc.sql(READ.formatted(statusSchema())).query(Long.class).single();
    }

    private List<String> found(String words) {
        return frameworks.find(tenant, words).stream()
                .map(skill -> skill.alignment().targetName())
                .toList();
    }

    private int words() {
        return jdbc.sql("SELECT COUNT(*) FROM framework_word WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    /** @param skills code and name of each */
    private void bring(String name, String... skills) throws Exception {
        String lines = IntStream.range(0, skills.length)
                .mapToObj(each -> skills[each] + ",https://frameworks.example/" + name + "/" + each)
                .collect(Collectors.joining("\n", "code,name,url\n", "\n"));
        frameworks.bring(tenant, lines.getBytes(StandardCharsets.UTF_8), name, 1);
    }
}
