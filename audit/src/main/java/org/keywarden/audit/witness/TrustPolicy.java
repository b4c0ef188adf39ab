package org.keywarden.audit.witness;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;

/** Which logs, which witnesses, and how many of them are enough (C2SP tlog-policy). */
public final class TrustPolicy {
  private static final String NONE = "none";
  private static final int MOST_LINES = 1_000;

  /**
   * One witness.
   *
   * @param name within the policy only
   * @param url submission prefix, empty if the policy has none
   */
  public record Member(String name, NoteKey key, Optional<URI> url) {}

  private record Group(int threshold, List<String> members) {}

  private final List<NoteKey> logs = new ArrayList<>();
  private final Map<String, Member> witnesses = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private @Nullable String quorum;

  private TrustPolicy() {}

  /**
   * Reads a policy.
   *
   * @throws Malformed if it is none; the reason names the line
   */
  public static TrustPolicy parse(String text) throws Malformed {
    TrustPolicy policy = new TrustPolicy();
    String[] lines = text.split("\n", -1);
    if (lines.length > MOST_LINES) {
      throw new Malformed("a policy has at most " + MOST_LINES + " lines");
    }
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].replaceAll("^[ \t]+|[ \t]+$", "");
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          policy.take(List.of(line.split("[ \t]+")));
        } catch (Malformed e) {
          throw new Malformed("line " + (i + 1) + ": " + e.reason(), e);
        }
      }
    }
    if (policy.quorum == null) {
      throw new Malformed("there is no quorum line");
    }
    return policy;
  }

  private void take(List<String> words) throws Malformed {
    switch (words.getFirst()) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default ->
          throw new Malformed("a line begins with log, witness, group or quorum, not with this");
    }
  }

  private void log(List<String> words) throws Malformed {
    need(words.size() == 2 || words.size() == 3, "log <vkey> [<url>]");
    NoteKey key = NoteKey.parse(words.get(1));
    need(key.type() == NoteKey.ED25519, "the key of a log has type 1");
    need(
        logs.stream().noneMatch(log -> samePublicKey(log, key)), "this log's key is listed before");
    logs.add(key);
  }

  private void witness(List<String> words) throws Malformed {
    need(words.size() == 3 || words.size() == 4, "witness <name> <vkey> [<url>]");
    NoteKey key = NoteKey.parse(words.get(2));
    need(key.type() == NoteKey.COSIGNATURE, "the key of a witness has type 4");
    need(
        witnesses.values().stream().noneMatch(other -> samePublicKey(other.key(), key)),
        "this witness's key is listed before");
    Optional<URI> url = words.size() == 4 ? Optional.of(url(words.get(3))) : Optional.empty();
    witnesses.put(fresh(words.get(1)), new Member(words.get(1), key, url));
  }

  private void group(List<String> words) throws Malformed {
    need(words.size() >= 4, "group <name> <how many> <member>...");
    List<String> members = words.subList(3, words.size());
    for (String member : members) {
      need(
          witnesses.containsKey(member) || groups.containsKey(member),
          member + " is no witness or group of a line before");
    }
    need(new HashSet<>(members).size() == members.size(), "a member is listed twice");
    groups.put(fresh(words.get(1)), new Group(threshold(words.get(2), members.size()), members));
  }

  private static int threshold(String word, int members) throws Malformed {
    try {
      int threshold =
          switch (word) {
            case "all" -> members;
            case "any" -> 1;
            default -> Integer.parseInt(word);
          };
      need(threshold >= 1 && threshold <= members, "of " + members + " members not " + word);
      return threshold;
    } catch (NumberFormatException e) {
      throw new Malformed("how many is a number, all or any, not " + word, e);
    }
  }

  private void quorum(List<String> words) throws Malformed {
    need(words.size() == 2, "quorum <name>");
    need(quorum == null, "there is one quorum line only");
    String name = words.get(1);
    need(
        name.equals(NONE) || witnesses.containsKey(name) || groups.containsKey(name),
        name + " is no witness or group of a line before");
    quorum = name;
  }

  private String fresh(String name) throws Malformed {
    need(
        !name.equals(NONE) && !witnesses.containsKey(name) && !groups.containsKey(name),
        "the name " + name + " is taken");
    return name;
  }

  private static URI url(String text) throws Malformed {
    try {
      URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      need(
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null,
          "a witness is at an http or https URL");
      return url;
    } catch (URISyntaxException e) {
      throw new Malformed("not a URL: " + text, e);
    }
  }

  private static boolean samePublicKey(NoteKey one, NoteKey other) {
    return java.util.Arrays.equals(one.publicKey(), other.publicKey());
  }

  private static void need(boolean holds, String otherwise) throws Malformed {
    if (!holds) {
      throw new Malformed(otherwise);
    }
  }

  /** The logs it is for; none if it is for any. */
  public List<NoteKey> logs() {
    return List.copyOf(logs);
  }

  public List<Member> witnesses() {
    return List.copyOf(witnesses.values());
  }

  /** Whether these witnesses, by their names, are enough. */
  public boolean isQuorum(Set<String> cosigned) {
    String needed = quorum;
    return needed == null || needed.equals(NONE) || holds(needed, cosigned);
  }

  private boolean holds(String name, Set<String> cosigned) {
    Group group = groups.get(name);
    if (group == null) {
      return cosigned.contains(name);
    }
    return group.members().stream().filter(member -> holds(member, cosigned)).count()
        >= group.threshold();
  }
}
