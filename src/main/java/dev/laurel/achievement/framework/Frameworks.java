package dev.laurel.achievement.framework;

import dev.laurel.achievement.Alignment;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The frameworks of an institution. Badges take what they stand for as it is then: bringing a newer file, or removing a framework, changes
 * no badge.
 */
@Service
public class Frameworks {

    /** As many as an institution may have. */
    public static final int MOST = 50;

    /** In all of its frameworks. */
    private static final int MOST_SKILLS = 100_000;

    /** As many skills are found at once. */
    public static final int MOST_FOUND = 20;

    private static final int MOST_WORDS = 8;

    private static final Pattern SIGN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]");

    private static final int LONGEST_NAME = 300;

    private final FrameworkRepository frameworks;

    private final TransactionTemplate transaction;

    private final Clock clock;

    Frameworks(FrameworkRepository frameworks, TransactionTemplate transaction, Clock clock) {
        this.frameworks = frameworks;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A skill that can be taken, and the framework that it is of. */
    public record Skill(long framework, Alignment alignment) {}

    /**
     * What came of a file.
     *
     * @param untaken what of it was not taken, in the order of the file
     */
    public record Brought(String name, int skills, List<Untaken> untaken) {}

    public List<Framework> all(TenantId tenant) {
        return frameworks.all(tenant);
    }

    public boolean any(TenantId tenant) {
        return frameworks.any(tenant);
    }

    /**
     * Takes a framework in: a CASE package as JSON, or a table with at least a name and a web address on each line. One of the same name
     * gets the skills of this file in place of those it had.
     *
     * @param typed what it is to be called; {@code null} or blank: as the file says
     * @throws FrameworkRefusedException where nothing of it can be taken; nothing was changed
     */
    public Brought bring(TenantId tenant, byte[] file, @Nullable String typed, long byPerson)
            throws FrameworkRefusedException {
        FrameworkFile read = FrameworkFile.read(file, typed == null ? null : Varchar.fit(typed.strip(), LONGEST_NAME));
        String name = Varchar.fitWithEllipsis(read.name(), LONGEST_NAME);
        List<Framework> others = frameworks.all(tenant).stream()
                .filter(each -> !each.name().equals(name))
                .toList();
        int skills = others.stream().mapToInt(Framework::skills).sum()
                + read.skills().size();
        if (others.size() >= MOST || skills > MOST_SKILLS) {
            throw new FrameworkRefusedException("frameworks.refused.full");
        }
        transaction.executeWithoutResult(status -> frameworks.replaceSkills(
                tenant, frameworks.put(tenant, name, byPerson, clock.instant()), read.skills()));
        return new Brought(name, read.skills().size(), read.untaken());
    }

    /**
     * Skills in whose name or code there are words that begin with all of these, at most {@value #MOST_FOUND}; none where there is
     * no word.
     */
    public List<Skill> find(TenantId tenant, String said) {
        List<String> typed = Arrays.stream(said.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isBlank())
                .distinct()
                .limit(MOST_WORDS)
                .toList();
        List<String> words = typed.stream()
                .flatMap(word -> SkillWords.asked(word).stream())
                .distinct()
                .limit(MOST_WORDS)
                .toList();
        if (words.isEmpty()) {
            return List.of();
        }
        addWordsWhereThereAreNone(tenant);
        // Of a code, or of C++, the signs between its letters and behind them count too.
        List<String> withSigns =
                typed.stream().filter(word -> SIGN.matcher(word).find()).toList();
        return frameworks.search(tenant, words, withSigns, MOST_FOUND);
    }

    private void addWordsWhereThereAreNone(TenantId tenant) {
        for (long framework : frameworks.withoutWords(tenant)) {
            transaction.executeWithoutResult(status -> frameworks.addWords(tenant, framework));
        }
    }

    /**
     * The skills that are called like these things, also with their code before the name, in whatever case. One whose name
     * several skills have says nothing, and one without any word in it is none. It reads those that have the longest word of one of
     * the names.
     */
    public List<Alignment> called(TenantId tenant, Collection<String> labels) {
        Set<String> names = labels.stream()
                .map(label -> label.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> words = names.stream()
                .flatMap(name -> SkillWords.kept(name).stream()
                        // Of a longer name with a code before it the last words may not be kept.
                        .limit(MOST_WORDS)
                        .max(Comparator.comparingInt(String::length))
                        .stream())
                .collect(Collectors.toSet());
        if (words.isEmpty()) {
            return List.of();
        }
        addWordsWhereThereAreNone(tenant);
        List<Alignment> all = frameworks.called(tenant, names, words);
        return names.stream()
                .map(name -> all.stream().filter(skill -> isCalled(skill, name)).toList())
                .filter(same ->
                        same.stream().map(Alignment::targetUrl).distinct().count() == 1)
                .map(same -> same.get(0))
                .distinct()
                .toList();
    }

    private static boolean isCalled(Alignment skill, String name) {
        return skill.targetName().toLowerCase(Locale.ROOT).equals(name)
                || FrameworkRepository.searched(skill).equals(name);
    }

    /** What a badge says that stands for it; empty where it is not in that framework any more. */
    public Optional<Alignment> skill(TenantId tenant, long framework, String url) {
        return frameworks.skill(tenant, framework, url);
    }

    /** It is offered no more; {@code false} where there is none. */
    public boolean remove(TenantId tenant, long framework) {
        return Boolean.TRUE.equals(transaction.execute(status -> frameworks.remove(tenant, framework)));
    }
}
