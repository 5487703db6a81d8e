package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.status.PublishedCopies.Copy;
import dev.laurel.credential.status.StatusLists.Entry;
import dev.laurel.credential.status.Withdrawal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a status list calls not in force: a list of bits by places, a list of ids by those.
 *
 * @param suspended not in force for now; none of them is {@code forGood}
 */
record NotInForce(Set<String> forGood, Set<String> suspended) {

    private static final String ID = "urn:uuid:";

    /** Of a list beside which there is none that tells suspensions apart, everything is for good, in doubt against the holder. */
    static NotInForce of(StatusList list) {
        ArrivedList all = ArrivedList.parse(list.signed());
        byte[] suspensions = list.suspensions();
        Set<String> suspended = new HashSet<>(
                suspensions == null || !all.isOfBits()
                        ? all.suspendedIds()
                        : ArrivedList.parse(suspensions).all());
        suspended.retainAll(all.all());
        return of(all.all(), suspended);
    }

    private static NotInForce of(Set<String> all, Set<String> suspended) {
        return new NotInForce(minus(all, suspended), Set.copyOf(suspended));
    }

    /** What was published once. */
    static NotInForce of(Copy copy) {
        Set<String> all = new HashSet<>();
        Set<String> suspended = new HashSet<>();
        for (Entry entry : copy.withdrawn()) {
            String key = entry.credential() == null ? Integer.toString(entry.place()) : ID + entry.credential();
            all.add(key);
            if (entry.why() == Withdrawal.SUSPENDED) {
                suspended.add(key);
            }
        }
        return of(all, suspended);
    }

    /** To be kept outside the database. */
    Copy copy(UUID key, long revision) {
        List<Entry> entries = new ArrayList<>();
        forGood.forEach(each -> entry(each, Withdrawal.REVOKED).ifPresent(entries::add));
        suspended.forEach(each -> entry(each, Withdrawal.SUSPENDED).ifPresent(entries::add));
        return new Copy(key, revision, entries);
    }

    /** Empty for an id that Laurel never gave. */
    private static Optional<Entry> entry(String key, Withdrawal why) {
        try {
            return Optional.of(
                    key.startsWith(ID)
                            ? new Entry(0, UUID.fromString(key.substring(ID.length())), why)
                            : new Entry(Integer.parseInt(key), null, why));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** How its list calls this credential. */
    static String key(ArrivedCredential credential) {
        return credential.place() == null
                ? ID + credential.id()
                : credential.place().toString();
    }

    /** The newer word, which undoes nothing that an older one said for good. */
    NotInForce over(NotInForce older) {
        Set<String> gone = union(forGood, older.forGood);
        return new NotInForce(gone, minus(suspended, gone));
    }

    /** Both words, of which nobody knows the newer one. */
    NotInForce and(NotInForce other) {
        return new NotInForce(forGood, union(suspended, other.suspended)).over(other);
    }

    NotInForce withdrawing(String key) {
        return new NotInForce(union(forGood, Set.of(key)), minus(suspended, Set.of(key)));
    }

    /** Places or ids, for whatever reason. */
    Set<String> all() {
        return union(forGood, suspended);
    }

    /** How many are taken back for good here and in force there. */
    int keptAgainst(NotInForce other) {
        return minus(forGood, other.all()).size();
    }

    private static Set<String> union(Collection<String> one, Collection<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<String> minus(Set<String> from, Set<String> what) {
        return from.stream().filter(each -> !what.contains(each)).collect(Collectors.toSet());
    }
}
