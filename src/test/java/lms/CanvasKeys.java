package lms;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The API keys of a Canvas, who let which of them read in their name, and how patient it is. Safe for several threads. */
public final class CanvasKeys {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ReferenceLms lms;

    private final Map<String, Key> keys = new ConcurrentHashMap<>();

    private final Map<String, Code> codes = new ConcurrentHashMap<>();

    /** By the refresh token. */
    private final Map<String, Permission> permissions = new ConcurrentHashMap<>();

    private final Map<String, String> overrides = new ConcurrentHashMap<>();

    private final Map<String, List<Attempt>> attempts = new ConcurrentHashMap<>();

    private final Set<String> unpublished = ConcurrentHashMap.newKeySet();

    private final Set<String> anonymous = ConcurrentHashMap.newKeySet();

    private final AtomicInteger lastKey = new AtomicInteger(70);

    private volatile Duration tokenLife = HOUR;

    private final CanvasBucket reading;

    private final CanvasBucket services;

    private volatile boolean servicesThrottled;

    CanvasKeys(ReferenceLms lms) {
        this.lms = lms;
        this.reading = new CanvasBucket(lms.clock());
        this.services = new CanvasBucket(lms.clock());
    }

    /**
     * An API developer key.
     *
     * @param scopes what it may be used for; a request for more is refused
     * @param includes whether {@code include[]} is obeyed; otherwise it is ignored without a word
     */
    public record Key(String id, String secret, String redirectUri, Set<String> scopes, boolean includes) {}

    record Code(Key key, LmsUser user, Set<String> scopes) {}

    /** What somebody let a key do; each new access token ends the one before. */
    static final class Permission {

        final Key key;

        final LmsUser user;

        final Set<String> scopes;

        final String refreshToken = "1~" + UUID.randomUUID();

        volatile String accessToken = "";

        volatile Instant until = Instant.EPOCH;

        Permission(Key key, LmsUser user, Set<String> scopes) {
            this.key = key;
            this.user = user;
            this.scopes = scopes;
        }
    }

    public Key add(String redirectUri, Set<String> scopes, boolean includes) {
        var key = new Key(
                "100000000000" + lastKey.incrementAndGet(),
                UUID.randomUUID().toString().replace("-", ""),
                redirectUri,
                Set.copyOf(scopes),
                includes);
        keys.put(key.id(), key);
        return key;
    }

    /** Puts a key in the place of the one with its number, as when an administrator edits it. */
    public void change(Key key) {
        keys.put(key.id(), key);
    }

    public List<Key> all() {
        return List.copyOf(keys.values());
    }

    Optional<Key> key(String id) {
        return Optional.ofNullable(id).map(keys::get);
    }

    String code(Key key, LmsUser user, Set<String> scopes) {
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(key, user, scopes));
        return code;
    }

    Optional<Permission> redeem(String code, Key key) {
        return Optional.ofNullable(code)
                .map(codes::remove)
                .filter(found -> found.key().id().equals(key.id()))
                .map(found -> {
                    var permission = new Permission(key, found.user(), found.scopes());
                    permissions.put(permission.refreshToken, permission);
                    return permission;
                });
    }

    Optional<Permission> byRefreshToken(String token) {
        return Optional.ofNullable(token).map(permissions::get);
    }

    Optional<Permission> byAccessToken(String token) {
        return permissions.values().stream()
                .filter(each -> !each.accessToken.isEmpty() && each.accessToken.equals(token))
                .filter(each -> each.until.isAfter(lms.clock().instant()))
                .findFirst();
    }

    void renew(Permission permission) {
        permission.accessToken = "1~" + UUID.randomUUID();
        permission.until = lms.clock().instant().plus(tokenLife);
    }

    Duration tokenLife() {
        return tokenLife;
    }

    void end(Permission permission) {
        permissions.remove(permission.refreshToken);
    }

    /** Ends everything that was allowed, as when the account of whoever allowed it is deleted. */
    public void endAll() {
        permissions.clear();
    }

    /** Ends every access token, not what was allowed. */
    public void expireTokens() {
        permissions.values().forEach(each -> each.until = Instant.EPOCH);
    }

    public int permissions() {
        return permissions.size();
    }

    /** Gives a student a final grade by hand, in percent. */
    public void override(Course course, LmsUser user, String percent) {
        overrides.put(course.id() + " " + user.id(), percent);
    }

    Optional<String> override(Course course, LmsUser user) {
        return Optional.ofNullable(overrides.get(course.id() + " " + user.id()));
    }

    /** An attempt that another one followed. {@code null}: it was not graded; {@code mark} says the rest. */
    record Attempt(BigDecimal score, Mark mark, Instant submittedAt, Instant gradedAt) {}

    /**
     * A student hands in once more: what the attempt before got stays in the history only, and the new one is not graded
     * yet.
     */
    public void handInAgain(Course course, LmsUser student, Column column) {
        Optional<Grade> grade = column.grade(student);
        Instant now = lms.clock().instant();
        attempts.computeIfAbsent(column.id() + " " + student.id(), cell -> new CopyOnWriteArrayList<>())
                .add(new Attempt(
                        grade.map(Grade::score).orElse(null),
                        course.progress().mark(student, column),
                        now,
                        grade.map(Grade::at).orElse(null)));
        column.clear(student);
        course.progress().mark(student, column, Mark.SUBMITTED);
    }

    List<Attempt> attempts(Column column, LmsUser student) {
        return attempts.getOrDefault(column.id() + " " + student.id(), List.of());
    }

    public void unpublish(Column column) {
        unpublished.add(column.id());
    }

    public void publish(Column column) {
        unpublished.remove(column.id());
    }

    boolean isPublished(Column column) {
        return !unpublished.contains(column.id());
    }

    public void gradeAnonymously(Column column) {
        anonymous.add(column.id());
    }

    boolean isAnonymous(Column column) {
        return anonymous.contains(column.id());
    }

    // ---- disorder

    private final Disorder disorder = new Disorder();

    /** From now on entries of a page come in any order, some twice, and answers late by some milliseconds; {@code null} ends it. */
    public void disorder(Random dice) {
        disorder.by(dice);
    }

    Disorder disorder() {
        return disorder;
    }

    // ---- throttling

    /** How often somebody was told to slow down. */
    public int throttled() {
        return reading.refused() + services.refused();
    }

    /** The most that was ever in the bucket of what reading cost. */
    public double mostInBucket() {
        return reading.most();
    }

    /** The most that was ever in the bucket of what the services of LTI cost. */
    public double mostInBucketOfServices() {
        return services.most();
    }

    /** Fills the bucket of costs, as other requests with the same token do. */
    public void fillBucket(double cost) {
        reading.fill(cost);
    }

    /**
     * From now on the services of LTI are throttled, too, as a Canvas does it: by the client, apart from what is read with
     * a token. Otherwise they are patient.
     */
    public void throttleServices() {
        servicesThrottled = true;
    }

    /** By the token; all here share one. */
    CanvasBucket reading() {
        return reading;
    }

    /** By the client; there is one Canvas client in an LMS here. */
    Optional<CanvasBucket> services() {
        return servicesThrottled ? Optional.of(services) : Optional.empty();
    }

    /** By this Canvas says "slow down". */
    static Answer slowDown() {
        return Answer.of(403, "text/plain; charset=utf-8", "403 Forbidden (Rate Limit Exceeded)\n")
                .with("X-Rate-Limit-Remaining", "0.0");
    }
}
