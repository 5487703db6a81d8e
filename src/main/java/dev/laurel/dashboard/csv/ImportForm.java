package dev.laurel.dashboard.csv;

import dev.laurel.dashboard.Typed;
import dev.laurel.gradebook.csv.CsvMapping;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import dev.laurel.gradebook.csv.Decimals;
import dev.laurel.gradebook.csv.StagedCsv;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is chosen for the columns of a file: fields are called {@code role-} and {@code maximum-} and the place. */
final class ImportForm {

    /** What a maximum is that nobody can read; it is refused and named. */
    private static final BigDecimal UNREADABLE = BigDecimal.ONE.negate();

    /** No item has a longer name. */
    private static final int LONGEST_ITEM = 255;

    private ImportForm() {}

    static CsvMapping mapping(StagedCsv staged, Map<String, String> typed) {
        List<CsvMapping.Use> uses = new ArrayList<>();
        for (int place = 0; place < staged.look().columns().size(); place++) {
            Role role = choice(Role.values(), typed.get("role-" + place)).orElse(Role.IGNORE);
            boolean isResult = role == Role.RESULT || role == Role.TOTAL;
            uses.add(new CsvMapping.Use(role, isResult ? maximum(typed.get("maximum-" + place)) : null));
        }
        return new CsvMapping(
                staged.look().delimiter(),
                choice(Decimals.values(), typed.get("decimals")).orElse(null),
                uses,
                typed.containsKey("takeBack"),
                totalItem(typed.get("totalItem")));
    }

    private static @Nullable String totalItem(@Nullable String typed) {
        return typed == null || typed.length() <= LONGEST_ITEM ? typed : typed.substring(0, LONGEST_ITEM);
    }

    private static @Nullable BigDecimal maximum(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        BigDecimal number = Typed.number(typed);
        return number == null ? UNREADABLE : number;
    }

    private static <T extends Enum<T>> Optional<T> choice(T[] values, @Nullable String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }
}
