package dev.laurel.achievement.framework;

import dev.laurel.achievement.Alignment;
import dev.laurel.platform.sql.Varchar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of a framework: its skills, each address once, and what of it was not taken.
 *
 * @param name what the framework is called
 */
record FrameworkFile(String name, List<Alignment> skills, List<Untaken> untaken) {

    static final int MOST_SKILLS = 20_000;

    private static final int LARGEST = 10 << 20;

    /**
     * Reads a package of the CASE format, or a table.
     *
     * @param typed the name that somebody typed, which counts more than that in the file; {@code null} or blank where nobody did
     * @throws FrameworkRefusedException where it is neither, has no skill that can be taken, or no name
     */
    static FrameworkFile read(byte[] file, @Nullable String typed) throws FrameworkRefusedException {
        if (file.length > LARGEST) {
            throw new FrameworkRefusedException("frameworks.refused.large");
        }
        String start = new String(file, 0, Math.min(file.length, 100), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading();
        Gathered gathered = start.startsWith("{") ? CasePackage.read(file) : SkillTable.read(file);
        if (gathered.skills().isEmpty()) {
            throw new FrameworkRefusedException("frameworks.refused.empty");
        }
        String name = typed == null || typed.isBlank() ? gathered.name() : typed.strip();
        if (name == null || name.isBlank()) {
            throw new FrameworkRefusedException("frameworks.refused.name");
        }
        return new FrameworkFile(name, gathered.skillsOf(name), gathered.untaken());
    }

    /** What was found so far. */
    static final class Gathered {

        private final @Nullable String name;

        private final Map<String, Alignment> byUrl = new LinkedHashMap<>();

        private final List<Untaken> untaken = new ArrayList<>();

        Gathered(@Nullable String name) {
            this.name = name;
        }

        @Nullable
        String name() {
            return name;
        }

        /**
         * A skill, or what is said to be one.
         *
         * @throws FrameworkRefusedException where there are too many
         */
        void add(int place, String said, String url, @Nullable String code, @Nullable String kind)
                throws FrameworkRefusedException {
            if (said.isBlank()) {
                leaveOut(place, Untaken.NAME);
            } else if (url.length() > Alignment.LONGEST_URL || !Alignment.isUrl(url)) {
                leaveOut(place, Untaken.URL);
            } else {
                byUrl.putIfAbsent(
                        url,
                        new Alignment(
                                fit(said, Alignment.LONGEST_NAME),
                                url,
                                code == null || code.isBlank() ? null : fit(code, Alignment.LONGEST_CODE),
                                null,
                                kind != null && Alignment.isType(kind) ? kind : null));
            }
            if (byUrl.size() > MOST_SKILLS) {
                throw new FrameworkRefusedException("frameworks.refused.many");
            }
        }

        void leaveOut(int place, String why) {
            untaken.add(new Untaken(place, why));
        }

        private static String fit(String text, int longest) {
            return Varchar.fitWithEllipsis(text.strip().replaceAll("\\s+", " "), longest);
        }

        Map<String, Alignment> skills() {
            return byUrl;
        }

        List<Alignment> skillsOf(String framework) {
            return byUrl.values().stream()
                    .map(each -> new Alignment(
                            each.targetName(), each.targetUrl(), each.targetCode(), framework, each.targetType()))
                    .toList();
        }

        List<Untaken> untaken() {
            return List.copyOf(untaken);
        }
    }
}
