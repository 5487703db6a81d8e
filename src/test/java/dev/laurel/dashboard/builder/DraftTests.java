package dev.laurel.dashboard.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.RuleJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;

class DraftTests {

    private static final JsonMapper JSON = new JsonMapper();

    /** (a, (b, c), d) */
    private static final Draft NESTED = new Draft(List.of(
            Part.of(0, "allOf"), named(1, "a"), Part.of(1, "anyOf"), named(2, "b"), named(2, "c"), named(1, "d")));

    static Stream<Path> samples() throws IOException {
        return Files.list(Path.of("src/test/resources/rules/v2"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyRuleOpensInTheBuilderAndIsSavedAsTheSameRule(Path sample) throws IOException {
        String json = JSON.readTree(Files.readString(sample)).path("rule").toString();

        Draft draft = DraftJson.read(RuleJson.write(RuleJson.read(json)));

        assertThat(RuleJson.read(DraftJson.of(draft).text())).isEqualTo(RuleJson.read(json));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFormBringsEverythingBackThatItShowed(Path sample) throws IOException {
        String json = JSON.readTree(Files.readString(sample)).path("rule").toString();
        Draft draft = DraftJson.read(RuleJson.write(RuleJson.read(json)));

        assertThat(DraftForm.of(typed(draft)).draft()).isEqualTo(draft);
    }

    @Test
    void partsMoveUpAndDownWithWhatIsInThem() {
        assertThat(shape(NESTED.up(2))).isEqualTo("allOf(anyOf(b c) a d)");
        assertThat(shape(NESTED.down(2))).isEqualTo("allOf(a d anyOf(b c))");
        assertThat(shape(NESTED.down(1))).isEqualTo("allOf(anyOf(b c) a d)");
        assertThat(NESTED.up(1)).isEqualTo(NESTED);
        assertThat(NESTED.down(5)).isEqualTo(NESTED);
    }

    @Test
    void partsGoIntoTheGroupAboveAndOutOfTheirOwn() {
        assertThat(shape(NESTED.in(5))).isEqualTo("allOf(a anyOf(b c d))");
        assertThat(shape(NESTED.out(3))).isEqualTo("allOf(a anyOf(c) b d)");
        assertThat(NESTED.in(2)).isEqualTo(NESTED);
        assertThat(NESTED.out(1)).isEqualTo(NESTED);
    }

    @Test
    void groupsArePutAroundPartsAndTakenAway() {
        assertThat(shape(NESTED.wrap(2))).isEqualTo("allOf(a allOf(anyOf(b c)) d)");
        assertThat(NESTED.wrap(2).unwrap(2)).isEqualTo(NESTED);
        assertThat(shape(NESTED.unwrap(2))).isEqualTo("allOf(a b c d)");
        assertThat(NESTED.unwrap(0)).isEqualTo(NESTED);
        assertThat(shape(NESTED.delete(2))).isEqualTo("allOf(a d)");
        assertThat(NESTED.delete(0)).isEqualTo(Draft.EMPTY);
    }

    @Test
    void aSecondPartBesideASingleOneMakesAGroup() {
        Draft one = Draft.EMPTY.add(-1, "score");

        assertThat(shape(one.add(0, "badge"))).isEqualTo("allOf(score badge)");
        assertThat(shape(NESTED.add(2, "badge"))).isEqualTo("allOf(a anyOf(b c badge) d)");
    }

    @Test
    void levelsStartAsTwoOfTheSameAndTheLowestStaysWithoutThem() {
        Draft levels = NESTED.levels();

        assertThat(shape(levels)).isEqualTo("levels(level(allOf(a anyOf(b c) d)) level(allOf(a anyOf(b c) d)))");
        assertThat(levels.unwrap(0)).isEqualTo(NESTED);
        assertThat(shape(levels.add(0, "score"))).endsWith("level())");
    }

    @Test
    void partsAreNumberedAsTheyAreSeen() {
        assertThat(Stream.of(0, 1, 2, 3, 4, 5).map(NESTED::number)).containsExactly("", "1", "2", "2.1", "2.2", "3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverIsPressedADraftStaysATreeAndUndoGoesAllTheWayBack(long seed) {
        Random random = new Random(seed);
        DraftForm form = new DraftForm(NESTED, List.of());
        int done = 0;
        for (int i = 0; i < 15; i++) {
            Draft draft = form.draft();
            int at = draft.isEmpty() ? 0 : random.nextInt(draft.parts().size());
            Draft next = act(random.nextInt(8), draft, at);
            done += next.equals(draft) ? 0 : 1;
            form = DraftForm.of(typed(form.then(next)));
            assertThat(form.draft()).as("seed %d, act %d", seed, i).isEqualTo(next);
        }
        for (int i = 0; i < done; i++) {
            form = DraftForm.of(typed(form.undone()));
        }

        assertThat(form.draft()).as("seed %d", seed).isEqualTo(NESTED);
    }

    @Test
    void anErrorIsFoundInThePartThatItIsIn() {
        Draft draft = new Draft(List.of(
                Part.of(0, "allOf"),
                Part.of(1, "badge").with("badge", "7"),
                Part.of(1, "anyOf"),
                Part.of(2, "score").with("item", "11").with("unit", "percent").with("atLeast", "eighty")));
        DraftJson json = DraftJson.of(draft);

        assertThatThrownBy(() -> RuleJson.read(json.text())).isInstanceOfSatisfying(BadRuleException.class, e -> {
            assertThat(json.part(e.place())).isEqualTo(3);
            assertThat(json.field(e.place())).isEqualTo("atLeast");
        });
    }

    @Test
    void aThousandThatMayBeOneIsRefusedInItsField() {
        Draft draft = new Draft(List.of(
                Part.of(0, "score").with("item", "11").with("unit", "points").with("atLeast", "1,000")));
        DraftJson json = DraftJson.of(draft);

        assertThatThrownBy(() -> RuleJson.read(json.text()))
                .isInstanceOfSatisfying(
                        BadRuleException.class,
                        e -> assertThat(json.field(e.place())).isEqualTo("atLeast"));
    }

    private static Draft act(int which, Draft draft, int at) {
        if (draft.isEmpty()) {
            return draft.add(-1, "score");
        }
        return switch (which) {
            case 0 -> draft.up(at);
            case 1 -> draft.down(at);
            case 2 -> draft.in(at);
            case 3 -> draft.out(at);
            case 4 -> draft.wrap(at);
            case 5 -> draft.unwrap(at);
            case 6 -> draft.delete(at);
            default -> draft.add(at, "badge");
        };
    }

    private static Part named(int depth, String name) {
        return Part.of(depth, "badge").with("badge", name);
    }

    private static String shape(Draft draft) {
        return shape(draft, 0);
    }

    private static String shape(Draft draft, int at) {
        Part part = draft.parts().get(at);
        if (!part.isGroup()) {
            return part.typed("badge").isEmpty() ? part.kind() : part.typed("badge");
        }
        List<String> inside =
                draft.children(at).stream().map(child -> shape(draft, child)).toList();
        return part.kind() + "(" + String.join(" ", inside) + ")";
    }

    private static MultiValueMap<String, String> typed(Draft draft) {
        return typed(new DraftForm(draft, List.of()));
    }

    private static MultiValueMap<String, String> typed(DraftForm form) {
        MultiValueMap<String, String> typed = new LinkedMultiValueMap<>();
        typed.add("earlier", form.earlierJson());
        for (int i = 0; i < form.draft().parts().size(); i++) {
            Part part = form.draft().parts().get(i);
            String start = "n" + i + ".";
            typed.add(start + "kind", part.kind());
            typed.add(start + "depth", Integer.toString(part.depth()));
            part.fields().forEach((field, value) -> value.lines().forEach(line -> typed.add(start + field, line)));
        }
        return typed;
    }
}
