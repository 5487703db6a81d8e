package dev.laurel.dashboard.csv;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.gradebook.csv.ColumnAct;
import dev.laurel.gradebook.csv.CsvImport;
import dev.laurel.gradebook.csv.CsvImports;
import dev.laurel.gradebook.csv.CsvMapping;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import dev.laurel.gradebook.csv.CsvProblem;
import dev.laurel.gradebook.csv.CsvRefusedException;
import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import dev.laurel.gradebook.csv.CsvWriter;
import dev.laurel.gradebook.csv.Decimals;
import dev.laurel.gradebook.csv.ImportedColumns;
import dev.laurel.gradebook.csv.Importing;
import dev.laurel.gradebook.csv.StagedCsv;
import dev.laurel.launch.session.SignedIn;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** From a file to results, in three steps that work without scripts: the file, its columns, what it would change. */
@Controller
@RequestMapping("/course/import")
class ImportController {

    private final Courses courses;

    private final CsvImports imports;

    private final ImportedColumns columns;

    private final Names names;

    private final MessageSource messages;

    ImportController(
            Courses courses, CsvImports imports, ImportedColumns columns, Names names, MessageSource messages) {
        this.courses = courses;
        this.imports = imports;
        this.columns = columns;
        this.names = names;
        this.messages = messages;
    }

    /** @param by who brought it, as pages call her */
    record Decided(CsvImport of, String by) {}

    /** @param by who did it, as pages call her */
    record Act(ColumnAct of, String by) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<Decided> decided = decided(course);
        model.addAttribute("course", course);
        model.addAttribute("staged", imports.staged(by(me, course)).orElse(null));
        model.addAttribute("decided", decided);
        model.addAttribute("acts", acts(course));
        model.addAttribute(
                "running", decided.stream().anyMatch(each -> each.of().isRunning()));
        return "dashboard/import";
    }

    /** Only the list of what was brought, while one is recorded. */
    @GetMapping("/progress")
    String progress(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        page(me, model);
        return "dashboard/import :: decided";
    }

    private List<Act> acts(CourseContext course) {
        List<ColumnAct> acts = columns.acts(course.tenant(), course.id());
        Map<Long, String> people = names.of(
                course.tenant(),
                acts.stream().map(ColumnAct::byPerson).distinct().toList());
        return acts.stream()
                .map(each -> new Act(each, people.getOrDefault(each.byPerson(), "")))
                .toList();
    }

    private List<Decided> decided(CourseContext course) {
        List<CsvImport> decided = imports.decided(course.tenant(), course.id());
        Map<Long, String> people = names.of(
                course.tenant(),
                decided.stream().map(CsvImport::byPerson).distinct().toList());
        return decided.stream()
                .map(each -> new Decided(each, people.getOrDefault(each.byPerson(), "")))
                .toList();
    }

    /** Keeps the file until she decided, where it can be read. */
    @PostMapping
    String bring(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(required = false) @Nullable MultipartFile file,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        try {
            if (file == null || file.isEmpty()) {
                return refused(redirect, say("import.refused.no-file"));
            }
            if (file.getSize() > CsvImports.MOST_BYTES) {
                return refused(redirect, say("import.refused.too-large"));
            }
            String name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
            imports.bring(by(me, course), name, file::getInputStream);
        } catch (CsvRefusedException e) {
            return refused(redirect, words(e));
        }
        return "redirect:/course/import/columns";
    }

    @GetMapping("/columns")
    String columns(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        StagedCsv staged = imports.staged(by(me, course)).orElse(null);
        if (staged == null) {
            return "redirect:/course/import";
        }
        model.addAttribute("course", course);
        model.addAttribute("staged", staged);
        model.addAttribute("roles", Role.values());
        model.addAttribute("delimiters", DELIMITERS);
        model.addAttribute("decimals", Decimals.values());
        boolean asked = model.containsAttribute("asked");
        model.addAttribute("flaws", asked ? flaws(staged) : Map.of());
        return "dashboard/import-columns";
    }

    private static final Map<String, Character> DELIMITERS = delimiters();

    private static Map<String, Character> delimiters() {
        Map<String, Character> delimiters = new LinkedHashMap<>();
        delimiters.put("comma", ',');
        delimiters.put("semicolon", ';');
        delimiters.put("tab", '\t');
        delimiters.put("colon", ':');
        delimiters.put("bar", '|');
        return delimiters;
    }

    /** What is wrong by the place of its column, -1 for what is about none. */
    private Map<Integer, String> flaws(StagedCsv staged) {
        Map<Integer, String> flaws = new LinkedHashMap<>();
        for (CsvMapping.Flaw flaw : staged.flaws()) {
            flaws.putIfAbsent(flaw.place(), say("import.flaw." + key(flaw.problem())));
        }
        return flaws;
    }

    @PostMapping("/separator")
    String separatedBy(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String separator,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        Character delimiter = DELIMITERS.get(separator);
        try {
            if (delimiter != null) {
                imports.separatedBy(by(me, course), delimiter);
            }
        } catch (CsvRefusedException e) {
            redirect.addFlashAttribute("flashProblem", words(e));
            return e.reason() == Reason.GONE ? "redirect:/course/import" : "redirect:/course/import/columns";
        }
        return "redirect:/course/import/columns";
    }

    @PostMapping("/columns")
    String map(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam Map<String, String> typed,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        Importing by = by(me, course);
        StagedCsv staged = imports.staged(by).orElse(null);
        if (staged == null) {
            return refused(redirect, say("import.refused.gone"));
        }
        try {
            imports.map(by, ImportForm.mapping(staged, typed));
        } catch (CsvRefusedException e) {
            return refused(redirect, words(e));
        }
        return "redirect:/course/import/preview";
    }

    @GetMapping("/preview")
    String preview(@AuthenticationPrincipal @Nullable SignedIn me, Model model, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        Importing by = by(me, course);
        StagedCsv staged = imports.staged(by).orElse(null);
        if (staged == null) {
            return "redirect:/course/import";
        }
        if (!staged.flaws().isEmpty()) {
            redirect.addFlashAttribute("asked", true);
            return "redirect:/course/import/columns";
        }
        model.addAttribute("course", course);
        model.addAttribute("staged", staged);
        try {
            model.addAttribute("preview", imports.preview(by));
        } catch (CsvRefusedException e) {
            return refused(redirect, words(e));
        }
        return "dashboard/import-preview";
    }

    /** Every line that would not be taken, for a spreadsheet. */
    @GetMapping("/problems")
    ResponseEntity<StreamingResponseBody> problems(@AuthenticationPrincipal @Nullable SignedIn me) {
        CourseContext course = courses.forInstructor(me);
        Importing by = by(me, course);
        if (imports.staged(by).filter(staged -> staged.flaws().isEmpty()).isEmpty()) {
            throw Allowed.notFound();
        }
        Locale locale = LocaleContextHolder.getLocale();
        StreamingResponseBody body = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CsvWriter csv = new CsvWriter(writer);
            csv.row(List.of(
                    messages.getMessage("import.problem.line", null, locale),
                    messages.getMessage("import.problem.column", null, locale),
                    messages.getMessage("import.problem.value", null, locale),
                    messages.getMessage("import.problem.why", null, locale)));
            imports.problems(by, problem -> write(csv, problem, locale));
            writer.flush();
        };
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(say("import.problem.file"), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noStore().cachePrivate())
                .body(body);
    }

    private void write(CsvWriter csv, CsvProblem problem, Locale locale) {
        try {
            csv.row(List.of(
                    Long.toString(problem.line()),
                    problem.column(),
                    problem.value(),
                    messages.getMessage("import.problem." + key(problem.reason()), null, locale)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PostMapping("/confirmation")
    String confirm(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String fingerprint,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        try {
            imports.confirm(by(me, course), fingerprint);
        } catch (CsvRefusedException e) {
            redirect.addFlashAttribute("flashProblem", words(e));
            return "redirect:/course/import/preview";
        }
        redirect.addFlashAttribute("flash", say("import.confirmed"));
        return "redirect:/course/import";
    }

    @PostMapping("/removal")
    String drop(@AuthenticationPrincipal @Nullable SignedIn me, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        imports.drop(by(me, course));
        redirect.addFlashAttribute("flash", say("import.dropped"));
        return "redirect:/course/import";
    }

    private static Importing by(@Nullable SignedIn me, CourseContext course) {
        return new Importing(
                course.tenant(), course.id(), Allowed.instructor(me).personId());
    }

    private String refused(RedirectAttributes redirect, String why) {
        redirect.addFlashAttribute("problem", why);
        return "redirect:/course/import";
    }

    private String words(CsvRefusedException refused) {
        String why = say("import.refused." + key(refused.reason()), CsvImports.MOST_BYTES / (1024 * 1024));
        return refused.line() == 0 ? why : say("import.refused.at", refused.line(), why);
    }

    private static String key(Enum<?> each) {
        return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
