package lms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A small LMS with real LTI 1.3, AGS and NRPS over HTTP on 127.0.0.1, and with pages for people: a course of 30 students,
 * an assignment that is a link of Laurel, a quiz of its own and a gradebook in which anyone can type. State is in memory.
 * A tool never sees a column that is not its own.
 */
public final class ReferenceLms implements AutoCloseable {

    private final Clock clock;

    private final LmsServer server;

    private final Keys keys = new Keys();

    private final Map<String, Tool> tools = new ConcurrentHashMap<>();

    private final Map<String, Course> courses = new ConcurrentSkipListMap<>();

    private final AtomicInteger lastCourse = new AtomicInteger(1);

    private final AtomicLong lastUser = new AtomicLong(2);

    private final Map<String, String> sisIds = new ConcurrentHashMap<>();

    private final Map<String, String> numbers = new ConcurrentHashMap<>();

    private final LmsUser administrator;

    private final Launches launches;

    private final DeepLinkingPages deepLinking;

    private final AboutPages about;

    private final NoticeService notices;

    private final MoodleWebService moodle;

    private final CanvasKeys canvas;

    private final String institution;

    private final String readingToken = UUID.randomUUID().toString();

    private volatile PlatformStorage storage;

    private final Registrations registrations = new Registrations(this);

    private volatile int pageSize;

    private final Disorder disorder = new Disorder();

    private volatile UnaryOperator<LaunchBuilder> tampering = UnaryOperator.identity();

    private volatile UnaryOperator<Map<String, Object>> tokenTampering = UnaryOperator.identity();

    private ReferenceLms(Builder builder) throws IOException {
        clock = builder.clock;
        pageSize = builder.pageSize;
        institution = builder.institution;
        canvas = new CanvasKeys(this);
        administrator = new LmsUser("2", "Robin", "Keeper", "registrar@northfield.example", LmsRole.ADMINISTRATOR);
        launches = new Launches(this);
        builder.tools.forEach(this::register);
        builder.tools.stream().filter(tool -> tool.mode() == Mode.CANVAS).forEach(this::addReadingKey);
        addCourse("Academic writing", "WRI-101", builder.students, builder.tools.get(0));
        builder.courses.forEach(course -> addCourse(course.title(), course.label(), builder.students, course.tool())
                .addNavigation(course.tool()));
        if (builder.progress) {
            courses.values().forEach(ReferenceLms::addProgress);
        }
        server = new LmsServer(builder.port);
        var authorization = new Authorization(this);
        var tokens = new Tokens(this);
        server.route("GET", "/lti/jwks.json", Service.JWKS, call -> Answer.json(200, keys.jwks()));
        server.route("GET|POST", "/lti/auth", Service.AUTHORIZATION, authorization::answer);
        server.route("GET|POST", MoodleLinks.AUTH_PATH, Service.AUTHORIZATION, authorization::answer);
        server.route("POST", "/lti/token", Service.TOKEN, tokens::answer);
        new LineItemService(this, tokens).addTo(server);
        new ResultService(this, tokens).addTo(server);
        new ScoreService(this, tokens).addTo(server);
        new RosterService(this, tokens).addTo(server);
        notices = new NoticeService(this, tokens);
        notices.addTo(server);
        new ReadingService(this).addTo(server);
        moodle = new MoodleWebService(this);
        moodle.addTo(server);
        new CanvasOAuth(this).addTo(server);
        new CanvasApi(this).addTo(server);
        new RegistrationService(this).addTo(server);
        new RegistrationPages(this).addTo(server);
        new Pages(this).addTo(server);
        deepLinking = new DeepLinkingPages(this, tokens);
        deepLinking.addTo(server);
        about = new AboutPages(this);
        about.addTo(server);
        server.start();
    }

    /** Starts with Laurel on http://localhost:8080 registered; port 0 takes any free one. */
    public static ReferenceLms start(int port) {
        return builder().port(port).start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** An LMS for people who look around: one course with Laurel each in the habits of a generic LMS, Canvas and Moodle. */
    public static Builder withThreeCourses(URI laurel) {
        Tool canvas = Tool.laurelInCanvas(laurel);
        Tool moodle = Tool.laurelInMoodle(laurel);
        return builder()
                .tool(Tool.laurel(laurel))
                .tool(canvas)
                .tool(moodle)
                .course("Organic chemistry", "CHE-210", canvas)
                .course("Modern history", "HIS-150", moodle)
                .withProgress();
    }

    private record FurtherCourse(String title, String label, Tool tool) {}

    /** Settings of an LMS before it starts. */
    public static final class Builder {

        private int port;

        private int students = 30;

        private int pageSize = 100;

        private Mode mode = Mode.GENERIC;

        private Clock clock = Clock.systemUTC();

        private String institution = "Northfield College";

        private final List<Tool> tools = new ArrayList<>();

        private final List<FurtherCourse> courses = new ArrayList<>();

        private boolean progress;

        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Students of the first course, and of courses added later without a number. */
        public Builder students(int value) {
            students = value;
            return this;
        }

        /** Entries on one page of a roster or a list, however many the tool asks for. */
        public Builder pageSize(int value) {
            pageSize = value;
            return this;
        }

        /** Whose LMS it is, in the words of the registrations file; its pages say Northfield College all the same. */
        public Builder institution(String value) {
            institution = value;
            return this;
        }

        /** The habits that those of its tools meet that are not meant for others. */
        public Builder mode(Mode value) {
            mode = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** Registers a tool; the first one is linked in the first course. Without any it is Laurel on port 8080. */
        public Builder tool(Tool value) {
            tools.add(value);
            return this;
        }

        private Builder withProgress() {
            progress = true;
            return this;
        }

        private Builder course(String title, String label, Tool tool) {
            courses.add(new FurtherCourse(title, label, tool));
            return this;
        }

        public ReferenceLms start() {
            if (tools.isEmpty()) {
                tools.add(Tool.laurel(URI.create("http://localhost:8080")));
            }
            tools.replaceAll(tool -> tool.mode() == Mode.GENERIC ? tool.as(mode) : tool);
            try {
                return new ReferenceLms(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** The same as {@link #close()}. */
    public void stop() {
        close();
    }

    public URI baseUrl() {
        return URI.create(issuer());
    }

    /** The issuer, which is also its origin: {@code http://127.0.0.1:port}. */
    public String issuer() {
        return "http://127.0.0.1:" + server.port();
    }

    public String jwksUrl() {
        return issuer() + "/lti/jwks.json";
    }

    public String authUrl() {
        return issuer() + "/lti/auth";
    }

    private String authUrlFor(Tool tool) {
        return tool.mode() == Mode.MOODLE ? issuer() + MoodleLinks.AUTH_PATH : authUrl();
    }

    public String tokenUrl() {
        return issuer() + "/lti/token";
    }

    // ---- tools

    /** Registers a tool, or changes the one with the same client id. */
    public void register(Tool tool) {
        tools.put(tool.clientId(), tool);
    }

    public Optional<Tool> tool(String clientId) {
        return Optional.ofNullable(clientId).map(tools::get);
    }

    public List<Tool> tools() {
        return List.copyOf(tools.values());
    }

    Tool toolOf(ResourceLink link) {
        return tools.get(link.clientId());
    }

    /** Tools that register themselves. */
    public Registrations registrations() {
        return registrations;
    }

    /** What Laurel's registrations file must say to know this LMS, for every registered tool. */
    public String registrationsYaml() {
        return RegistrationsFile.of(facts());
    }

    /** What Laurel must know of this LMS, for every registered tool. */
    public List<PlatformFacts> facts() {
        return tools.values().stream()
                .map(tool -> new PlatformFacts(
                        issuer(),
                        tool.clientId(),
                        institution + " " + tool.mode().label(),
                        authUrlFor(tool),
                        tokenUrl(),
                        jwksUrl(),
                        institution,
                        tool.mode() != Mode.MOODLE,
                        tool.deployments()))
                .toList();
    }

    /** Writes {@link #registrationsYaml()} to a file. */
    public Path writeRegistrations(Path file) {
        return RegistrationsFile.write(file, registrationsYaml());
    }

    // ---- courses and people

    /** The first course. */
    public Course course() {
        return courses.values().iterator().next();
    }

    public List<Course> courses() {
        return List.copyOf(courses.values());
    }

    public Optional<Course> course(String id) {
        return Optional.ofNullable(courses.get(id));
    }

    /**
     * Adds a course with a teacher, a teaching assistant and this many students, a link "Essay 1" of the tool with a
     * column of 100 points, and the LMS's own column "Final quiz".
     */
    public Course addCourse(String title, String label, int students, Tool tool) {
        Course course = newCourse(title, label, tool);
        course.enrol("Tina", "Marlow", LmsRole.INSTRUCTOR);
        course.enrol("Theo", "Banda", LmsRole.TEACHING_ASSISTANT);
        course.enrolStudents(students);
        ResourceLink link = course.addLink(tool, "Essay 1");
        course.addColumn(link, "Essay 1", 100);
        course.addOwnColumn("Final quiz", 100);
        courses.put(course.id(), course);
        return course;
    }

    /** Copies a course with its links and columns; its staff stays, its students are new. No tool is told. */
    public Course copy(Course source, String title, String label) {
        Course copy = newCourse(title, label, toolOf(source.link()));
        CourseCopies.fill(copy, source, this, 2);
        courses.put(copy.id(), copy);
        return copy;
    }

    /** Something of each kind that students can reach beside points. */
    private static void addProgress(Course course) {
        Progress progress = course.progress();
        progress.addActivity("Read chapter 1", "Week 1");
        progress.addActivity("Reflection", "Week 1");
        progress.addOutcome("Cites sources", 5, 3);
        progress.addRubricRow(course.columnCalled("Final quiz"), "Argument", 4);
        progress.addSession("Seminar 1", "Seminars");
    }

    private Course newCourse(String title, String label, Tool tool) {
        String id = "%d".formatted(lastCourse.incrementAndGet());
        return new Course(id, label, title, clock, () -> nextUserId(tool.mode()));
    }

    /** The web services for the courses in which a tool meets the habits of Moodle. */
    public MoodleWebService moodle() {
        return moodle;
    }

    public NoticeService notices() {
        return notices;
    }

    /** Canvas names people to tools by a UUID, and has a number for them beside it. */
    private String nextUserId(Mode mode) {
        String number = Long.toString(lastUser.incrementAndGet());
        if (mode != Mode.CANVAS) {
            return number;
        }
        String id =
                UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8)).toString();
        numbers.put(id, number);
        return id;
    }

    /** The id that the institution's student system has for somebody. */
    public void giveSisId(LmsUser user, String sisId) {
        sisIds.put(user.id(), sisId);
    }

    /** {@code null} where there is none. */
    String sisIdOf(LmsUser user) {
        return sisIds.get(user.id());
    }

    /** The number of somebody inside a Canvas, as its REST interface and its files name her. */
    public String numberOf(String userId) {
        return numbers.computeIfAbsent(userId, id -> Long.toString(lastUser.incrementAndGet()));
    }

    /** Canvas made this user another one, or parted them again: from now on she has this number. */
    public void giveNumber(LmsUser user, String number) {
        numbers.put(user.id(), number);
    }

    Optional<LmsUser> personNumbered(String number) {
        return Stream.concat(
                        Stream.of(administrator), courses.values().stream().flatMap(course -> course.people().stream()))
                .filter(person -> numberOf(person.id()).equals(number))
                .findFirst();
    }

    /** The institution's administrator, who launches outside any course. */
    public LmsUser administrator() {
        return administrator;
    }

    // ---- launches

    /** Begins a launch of a link by somebody of its course. */
    public LaunchStart launch(Course course, ResourceLink link, LmsUser user) {
        return launches.begin(course, link, user);
    }

    /** Begins a launch of the first course's first link. */
    public LaunchStart launch(LmsUser user) {
        return launch(course(), course().link(), user);
    }

    /** The page on which somebody opens a link in a frame, as a person clicks it. */
    public URI launchPage(Course course, ResourceLink link, LmsUser user) {
        return baseUrl().resolve(Pages.launchPath(course, link, user));
    }

    /** Begins the launch of a tool by the institution's administrator, without a course. */
    public LaunchStart launchAsAdministrator(Tool tool) {
        return launches.begin(tool, administrator);
    }

    /** Begins a deep linking request by somebody of a course. */
    public LaunchStart choose(Course course, Tool tool, LmsUser user, boolean multiple) {
        return deepLinking.begin(course, tool, user, multiple);
    }

    /** The page with the dialog in which the teacher of a course chooses from a tool. */
    public URI choosePage(Course course, Tool tool) {
        return baseUrl().resolve(DeepLinkingPages.path(course, tool));
    }

    /** Begins the review of a student's work by the teacher, as the gradebook does. */
    public LaunchStart review(Course course, ResourceLink link, LmsUser student) {
        return about.start(course, link, student, "review");
    }

    /** Begins a launch from a student's context card by the teacher. */
    public LaunchStart contextCard(Course course, LmsUser student) {
        return about.start(course, course.link(), student, "card");
    }

    /** Begins a data privacy launch of somebody about themselves. */
    public LaunchStart privacy(Course course, LmsUser person) {
        return about.start(course, course.link(), person, "privacy");
    }

    /**
     * The id_token that the LMS would send for a launch that was begun, to be changed and posted by a test itself.
     *
     * @param nonce from the tool's authentication request
     */
    public LaunchBuilder idToken(LaunchStart start, String nonce) {
        return launches.idToken(launches.pending(start.messageHint()).orElseThrow(), nonce);
    }

    /** What the LMS's own reading interface asks for, {@code GET /services/…/gradebook}. */
    public String readingToken() {
        return readingToken;
    }

    /** A developer key with which the tool may read what LTI does not show, for people who look around. */
    private void addReadingKey(Tool tool) {
        canvas.add(tool.targetLinkUri().resolve("/reading/canvas/callback").toString(), CanvasApi.SCOPES, true);
    }

    /** The developer keys, permissions and further settings of its Canvas. */
    public CanvasKeys canvas() {
        return canvas;
    }

    /** Changes every id_token that the LMS sends from now on. */
    public void tamperWithLaunches(UnaryOperator<LaunchBuilder> change) {
        tampering = change;
    }

    LaunchBuilder tamper(LaunchBuilder launch) {
        return tampering.apply(launch);
    }

    /** Changes every answer of the token endpoint from now on. */
    public void tamperWithTokens(UnaryOperator<Map<String, Object>> change) {
        tokenTampering = change;
    }

    Map<String, Object> tamperWithToken(Map<String, Object> answer) {
        return tokenTampering.apply(answer);
    }

    /** Signs with a new key from now on; the old one stays in the JWKS. */
    public void rotateKey() {
        keys.rotate();
    }

    /** Takes all but the current key out of the JWKS. */
    public void retireOldKeys() {
        keys.retireOld();
    }

    Keys keys() {
        return keys;
    }

    Launches launches() {
        return launches;
    }

    // ---- data that launch pages keep for tools

    /** From now on launch pages do this for every tool, whatever its LMS is used to. */
    public void setStorage(PlatformStorage value) {
        storage = value;
    }

    PlatformStorage storageFor(Tool tool) {
        if (storage != null) {
            return storage;
        }
        return tool.mode() == Mode.CANVAS ? PlatformStorage.FORWARDING : PlatformStorage.ABSENT;
    }

    /** Whether a hint is good for one launch only; it is, unless a test says otherwise. */
    public void setHintsCountOnce(boolean once) {
        launches.hintsCountOnce(once);
    }

    // ---- faults, pages and counters

    public void setFault(Service service, Fault fault) {
        server.faults().set(service, fault);
    }

    /** Ends every fault, and the silence of requests that hang in one. */
    public void clearFaults() {
        server.faults().clear();
    }

    /** What the services of LTI tell comes in disorder from now on, and late; {@code null} ends it. */
    public void disorder(Random dice) {
        disorder.by(dice);
    }

    Disorder disorder() {
        return disorder;
    }

    public void setPageSize(int entries) {
        pageSize = entries;
    }

    int pageSize() {
        return pageSize;
    }

    /** The latest requests to this service, oldest first, at most 500. */
    public List<Heard> heard(Service service) {
        return server.heard(service);
    }

    /** How often this service was called since the start. */
    public long calls(Service service) {
        return server.calls(service);
    }

    Clock clock() {
        return clock;
    }

    static Map<String, Object> toolPlatform(Mode mode) {
        var platform = new LinkedHashMap<String, Object>();
        platform.put("guid", "reference-lms");
        platform.put("name", "Northfield College");
        platform.put("product_family_code", mode.productFamily());
        platform.put("version", mode.version());
        return platform;
    }
}
