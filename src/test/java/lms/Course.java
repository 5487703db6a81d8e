package lms;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A course of the LMS: its people, its links of tools and its gradebook. Safe for several threads. */
public final class Course {

    private final String id;

    private final String label;

    private final String title;

    private final Clock clock;

    private final Supplier<String> userIds;

    private final List<LmsUser> people = new CopyOnWriteArrayList<>();

    private final Map<String, LmsUser> byId = new ConcurrentHashMap<>();

    private final Map<String, String> status = new ConcurrentHashMap<>();

    private final Map<String, List<LmsUser>> observed = new ConcurrentHashMap<>();

    private final List<ResourceLink> links = new CopyOnWriteArrayList<>();

    private final Map<Integer, Column> columns = new ConcurrentSkipListMap<>();

    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();

    private final Map<String, String> sectionNames = new ConcurrentHashMap<>();

    private volatile boolean concluded;

    private volatile String startsAt = "";

    private volatile String endsAt = "";

    private volatile String timeZone = "Etc/UTC";

    private final Map<String, String> zones = new ConcurrentHashMap<>();

    private volatile List<Course> history = List.of();

    private final AtomicInteger lastColumn = new AtomicInteger();

    private final Progress progress;

    Course(String id, String label, String title, Clock clock, Supplier<String> userIds) {
        this.id = id;
        this.label = label;
        this.title = title;
        this.clock = clock;
        this.userIds = userIds;
        this.progress = new Progress(this, clock);
    }

    public String id() {
        return id;
    }

    public String label() {
        return label;
    }

    public String title() {
        return title;
    }

    /** ISO 8601; empty where there is no end. */
    public String startsAt() {
        return startsAt;
    }

    public String endsAt() {
        return endsAt;
    }

    /** IANA; as Canvas has it where nobody said otherwise. */
    public String timeZone() {
        return timeZone;
    }

    public void in(String zone) {
        timeZone = zone;
    }

    /** Of somebody's account; {@code null} where she did not set one. */
    public String timeZoneOf(LmsUser user) {
        return zones.get(user.id());
    }

    public void livesIn(LmsUser user, String zone) {
        zones.put(user.id(), zone);
    }

    public void startAt(Instant start) {
        startsAt = start.toString();
    }

    public void endAt(Instant end) {
        endsAt = end.toString();
    }

    /** The enrolled people, staff included, in the order in which they came. */
    public List<LmsUser> people() {
        return List.copyOf(people);
    }

    public List<LmsUser> students() {
        return people.stream().filter(p -> p.role() == LmsRole.LEARNER).toList();
    }

    /** A student by her place in the list, the first is 0. */
    public LmsUser student(int index) {
        return students().get(index);
    }

    public LmsUser teacher() {
        return first(LmsRole.INSTRUCTOR);
    }

    public LmsUser assistant() {
        return first(LmsRole.TEACHING_ASSISTANT);
    }

    public LmsUser first(LmsRole role) {
        return people.stream().filter(p -> p.role() == role).findFirst().orElseThrow();
    }

    public Optional<LmsUser> person(String userId) {
        return Optional.ofNullable(byId.get(userId));
    }

    public LmsUser enrol(String givenName, String familyName, LmsRole role) {
        String userId = userIds.get();
        return enrol(new LmsUser(userId, givenName, familyName, "user" + userId + "@northfield.example", role));
    }

    /** Enrols somebody with an id of one's own choice, such as one that differs from another only in case. */
    public LmsUser enrol(LmsUser user) {
        people.add(user);
        byId.put(user.id(), user);
        return user;
    }

    void enrolStudents(int count) {
        var students = new ArrayList<LmsUser>(count);
        for (int i = 0; i < count; i++) {
            String userId = userIds.get();
            students.add(new LmsUser(
                    userId,
                    Names.given(i),
                    Names.family(i),
                    "student%02d@northfield.example".formatted(i + 1),
                    LmsRole.LEARNER));
        }
        people.addAll(students);
        students.forEach(student -> byId.put(student.id(), student));
    }

    /** Ends an enrolment; the grades stay, as in a real LMS. */
    public void drop(LmsUser user) {
        people.remove(user);
        byId.remove(user.id());
    }

    /** Keeps somebody in the course but not active. */
    public void suspend(LmsUser user) {
        status.put(user.id(), "Inactive");
    }

    /** Lists somebody as deleted, as NRPS allows. */
    public void delete(LmsUser user) {
        status.put(user.id(), "Deleted");
    }

    public boolean isActive(LmsUser user) {
        return !status.containsKey(user.id());
    }

    String statusOf(LmsUser user) {
        return status.getOrDefault(user.id(), "Active");
    }

    /** Puts somebody into sections (Canvas) or groups (Moodle), by their numbers. */
    public void putInto(LmsUser user, String... numbers) {
        groups.put(user.id(), List.of(numbers));
    }

    /** Calls a section or group something, whether anybody is in it or not. */
    public void nameSection(String number, String name) {
        sectionNames.put(number, name);
    }

    /** As if it had never been there. */
    public void deleteSection(String number) {
        sectionNames.remove(number);
    }

    String sectionName(String number) {
        return sectionNames.getOrDefault(number, "Group " + number);
    }

    /** Those that have a name or anybody in them. */
    SortedSet<String> sections() {
        var all = new TreeSet<>(sectionNames.keySet());
        groups.values().forEach(all::addAll);
        return all;
    }

    List<String> groupsOf(LmsUser user) {
        return groups.getOrDefault(user.id(), List.of());
    }

    /** Ends the course; Canvas serves no tool in it any more. */
    public void conclude() {
        concluded = true;
    }

    /** It has not ended after all. */
    public void reopen() {
        concluded = false;
    }

    boolean isConcluded() {
        return concluded;
    }

    /** The id that this tool gets: Canvas shows an opaque one. */
    public String contextId(Tool tool) {
        return tool.mode() == Mode.CANVAS ? opaque("course:" + id) : id;
    }

    /** 40 hexadecimal digits. */
    static String opaque(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets an observer follow these students. */
    public void observe(LmsUser observer, LmsUser... students) {
        observed.put(observer.id(), List.of(students));
    }

    List<LmsUser> observedBy(LmsUser observer) {
        return observed.getOrDefault(observer.id(), List.of());
    }

    public List<ResourceLink> links() {
        return List.copyOf(links);
    }

    /** The course's first link, the assignment that every course begins with. */
    public ResourceLink link() {
        return links.get(0);
    }

    Optional<ResourceLink> link(String linkId) {
        return links.stream().filter(link -> link.id().equals(linkId)).findFirst();
    }

    /** Gives a link one more custom parameter of its own. */
    public void setCustom(ResourceLink link, String parameter, String value) {
        var custom = new LinkedHashMap<>(link.custom());
        custom.put(parameter, value);
        links.replaceAll(each -> each.equals(link)
                ? new ResourceLink(link.id(), link.title(), link.clientId(), link.deploymentId(), custom, link.inMenu())
                : each);
    }

    /** The courses that this one was copied from, the nearest first. */
    public List<Course> history() {
        return history;
    }

    /** From now on another course is the nearest that something was copied from. */
    public void copiedFrom(Course source) {
        var longer = new ArrayList<Course>();
        longer.add(source);
        longer.addAll(source.history);
        longer.addAll(history);
        history = longer.stream().distinct().toList();
    }

    boolean hasPlaced(Tool tool) {
        return links.stream().anyMatch(link -> link.clientId().equals(tool.clientId()));
    }

    /** Places a tool in the course, without a column. */
    public ResourceLink addLink(Tool tool, String linkTitle) {
        return addLink(tool, tool.deployments().get(0), linkTitle);
    }

    public ResourceLink addLink(Tool tool, String deploymentId, String linkTitle) {
        return addLink(tool, deploymentId, linkTitle, Map.of());
    }

    /** Places a link that a tool chose, with its own custom parameters. */
    ResourceLink addLink(Tool tool, String deploymentId, String linkTitle, Map<String, String> custom) {
        String number = id + "-" + (links.size() + 1);
        String linkId = tool.mode() == Mode.CANVAS
                ? UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8))
                        .toString()
                : number;
        return add(new ResourceLink(linkId, linkTitle, tool.clientId(), deploymentId, custom, false));
    }

    /** Shows a tool in the menu of the course. In Canvas such a link bears the id of the course itself. */
    public ResourceLink addNavigation(Tool tool) {
        String linkId = tool.mode() == Mode.CANVAS ? contextId(tool) : id + "-menu";
        return add(new ResourceLink(
                linkId, tool.name(), tool.clientId(), tool.deployments().get(0), true));
    }

    private ResourceLink add(ResourceLink link) {
        links.add(link);
        return link;
    }

    /** Adds a column that is bound to a link of its tool. */
    public Column addColumn(ResourceLink link, String columnLabel, int maximum) {
        return add(link.clientId(), new Column.Details(columnLabel, new BigDecimal(maximum), "", "", link.id()));
    }

    /** The same with an id that its tool gave it, by which it is known again when it is made anew. */
    public Column addColumn(ResourceLink link, String columnLabel, int maximum, String resourceId) {
        return add(
                link.clientId(), new Column.Details(columnLabel, new BigDecimal(maximum), resourceId, "", link.id()));
    }

    /** Adds a column of the LMS itself, which no tool ever sees. */
    public Column addOwnColumn(String columnLabel, int maximum) {
        return add(null, new Column.Details(columnLabel, new BigDecimal(maximum), "", "", null));
    }

    Column add(String owner, Column.Details details) {
        int number = lastColumn.incrementAndGet();
        var column = new Column("%s%04d".formatted(id, number), owner, details);
        columns.put(number, column);
        return column;
    }

    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    public Optional<Column> column(String columnId) {
        return columns.values().stream().filter(c -> c.id().equals(columnId)).findFirst();
    }

    /** The first column with this label. */
    public Column columnCalled(String columnLabel) {
        return columns.values().stream()
                .filter(c -> c.label().equals(columnLabel))
                .findFirst()
                .orElseThrow();
    }

    /** Gives a column another name, as a teacher may at any time. */
    public void rename(Column column, String columnLabel) {
        Column.Details old = column.details();
        column.change(
                new Column.Details(columnLabel, old.maximum(), old.resourceId(), old.tag(), old.resourceLinkId()));
    }

    /** Gives a column another maximum; what was typed stays as many points. */
    public void rescale(Column column, int maximum) {
        Column.Details old = column.details();
        column.change(new Column.Details(
                old.label(), new BigDecimal(maximum), old.resourceId(), old.tag(), old.resourceLinkId()));
    }

    /** Takes a column away, as a teacher may at any time. */
    public void delete(Column column) {
        columns.values().remove(column);
    }

    /** Brings back a column that was taken away, with its grades, as Canvas can. */
    public void restore(Column column) {
        columns.put(Integer.parseInt(column.id().substring(id.length())), column);
    }

    /**
     * Types a grade as a teacher does on the gradebook page.
     *
     * @throws RefusedGradeException if it is not a number between zero and the column's maximum
     */
    public void typeGrade(int studentIndex, String columnId, String typed) {
        typeGrade(student(studentIndex), column(columnId).orElseThrow(), typed);
    }

    public void typeGrade(LmsUser user, Column column, String typed) {
        typeGrade(teacher(), user, column, typed);
    }

    /** Somebody else than the teacher types it. */
    public void typeGrade(LmsUser grader, LmsUser user, Column column, String typed) {
        Optional<BigDecimal> score = GradeInput.parse(typed, column.maximum());
        if (score.isPresent()) {
            column.put(user, Grade.of(score.get(), null, grader.id(), now()));
        } else {
            column.clear(user);
        }
    }

    /**
     * Lets the LMS answer a result that no teacher could type, for tests of bad input.
     *
     * @param members JSON members to put into the result, such as {@code "resultScore":"85,5","resultMaximum":100}
     */
    public void forceResult(LmsUser user, Column column, String members) {
        column.put(user, new Grade(null, null, null, now(), members));
    }

    /** What students reach beside points in columns, and the totals. */
    public Progress progress() {
        return progress;
    }

    Instant now() {
        return clock.instant();
    }
}
