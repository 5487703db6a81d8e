package dev.laurel.dashboard.badge;

import dev.laurel.achievement.Alignment;
import dev.laurel.dashboard.Typed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One skill that an instructor typed, exactly as typed; an empty one is none. */
record AlignmentForm(String name, String url, String code, String framework, String type) {

    static final AlignmentForm EMPTY = new AlignmentForm("", "", "", "", "");

    /** So many empty ones stand below those that are filled in. */
    private static final int EMPTY_ONES = 2;

    @SuppressWarnings("NullAway") // binding leaves out what was not sent
    AlignmentForm {
        name = name == null ? "" : name;
        url = url == null ? "" : url;
        code = code == null ? "" : code;
        framework = framework == null ? "" : framework;
        type = type == null ? "" : type;
    }

    static List<AlignmentForm> of(List<Alignment> alignments) {
        return alignments.stream().map(AlignmentForm::of).toList();
    }

    static AlignmentForm of(Alignment alignment) {
        return new AlignmentForm(
                alignment.targetName(),
                alignment.targetUrl(),
                plain(alignment.targetCode()),
                plain(alignment.targetFramework()),
                plain(alignment.targetType()));
    }

    /** Those that are filled in, in their places, and some to fill in. */
    static List<AlignmentForm> withEmptyOnes(List<AlignmentForm> typed) {
        List<AlignmentForm> all = new ArrayList<>(typed);
        while (!all.isEmpty() && all.get(all.size() - 1).isEmpty()) {
            all.remove(all.size() - 1);
        }
        for (int i = 0; i < EMPTY_ONES && all.size() < Alignment.MOST; i++) {
            all.add(EMPTY);
        }
        return List.copyOf(all);
    }

    boolean isEmpty() {
        return name.isBlank() && url.isBlank() && code.isBlank() && framework.isBlank();
    }

    /** What was typed, each skill once; empty where something cannot be, and then {@code problems} was told. */
    static Optional<List<Alignment>> read(List<AlignmentForm> all, Problems problems) {
        Map<String, Alignment> byUrl = new LinkedHashMap<>();
        boolean sound = true;
        for (int i = 0; i < all.size(); i++) {
            AlignmentForm each = all.get(i);
            if (each.isEmpty()) {
                continue;
            }
            if (each.isSound("alignments[" + i + "].", problems)) {
                Alignment alignment = each.toAlignment();
                byUrl.putIfAbsent(alignment.targetUrl(), alignment);
            } else {
                sound = false;
            }
        }
        if (byUrl.size() > Alignment.MOST) {
            problems.reject("alignments[" + Alignment.MOST + "].name", "alignment.many", Alignment.MOST);
            return Optional.empty();
        }
        return sound ? Optional.of(List.copyOf(byUrl.values())) : Optional.empty();
    }

    private boolean isSound(String field, Problems problems) {
        boolean sound = true;
        if (name.isBlank()) {
            problems.reject(field + "name", "alignment.name.missing");
            sound = false;
        }
        if (!Alignment.isUrl(url.strip())) {
            problems.reject(field + "url", "alignment.url.bad");
            sound = false;
        }
        if (!type.isBlank() && !Alignment.isType(type.strip())) {
            problems.reject(field + "type", "alignment.type.bad");
            sound = false;
        }
        return isShort(name, Alignment.LONGEST_NAME, field + "name", problems)
                & isShort(url, Alignment.LONGEST_URL, field + "url", problems)
                & isShort(code, Alignment.LONGEST_CODE, field + "code", problems)
                & isShort(framework, Alignment.LONGEST_NAME, field + "framework", problems)
                & sound;
    }

    private static boolean isShort(String text, int most, String field, Problems problems) {
        if (Typed.text(text).length() > most) {
            problems.reject(field, "alignment.long", most);
            return false;
        }
        return true;
    }

    private Alignment toAlignment() {
        return new Alignment(Typed.text(name), url.strip(), orNull(code), orNull(framework), orNull(type));
    }

    private static @Nullable String orNull(String text) {
        return Typed.text(text).isEmpty() ? null : Typed.text(text);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text;
    }
}
