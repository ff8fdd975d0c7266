package dev.comptroller.core.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Under which terms a signature holds.
 *
 * @param notBefore from when on, this instant included; empty means always
 * @param expires until when, this instant excluded; empty means for ever
 * @param revision position in the sequence of an object's signed versions, from 0 to 2^53 - 1
 * @param cluster UID of the only cluster it holds in; empty means every cluster
 */
public record StatementTerms(
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    OptionalLong revision,
    Optional<String> cluster) {
  /** No restriction in time or place. */
  public static final StatementTerms UNLIMITED =
      new StatementTerms(
          Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());

  /** Whether the statement holds at this time. */
  boolean holdsAt(Instant now) {
    return notBefore.stream().noneMatch(now::isBefore) && expires.stream().allMatch(now::isBefore);
  }

  /** Whether the statement holds in this cluster. */
  boolean holdsIn(String clusterUid) {
    return cluster.isEmpty() || cluster.get().equals(clusterUid);
  }

  void write(ObjectNode predicate) {
    notBefore.ifPresent(instant -> predicate.put("notBefore", instant.toString()));
    expires.ifPresent(instant -> predicate.put("expires", instant.toString()));
    revision.ifPresent(number -> predicate.put("revision", number));
    cluster.ifPresent(uid -> predicate.put("cluster", uid));
  }

  static StatementTerms read(StrictMembers predicate) throws FormatException {
    predicate.only(Set.of("normalForm", "notBefore", "expires", "revision", "cluster"));
    return new StatementTerms(
        instant(predicate, "notBefore"),
        instant(predicate, "expires"),
        revision(predicate.node().path("revision")),
        predicate.optionalText("cluster"));
  }

  private static Optional<Instant> instant(StrictMembers predicate, String name)
      throws FormatException {
    Optional<String> text = predicate.optionalText(name);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      throw new FormatException(
          name + " " + text.orElse(""), "a time such as 2026-11-30T00:00:00Z");
    }
  }

  private static OptionalLong revision(JsonNode node) throws FormatException {
    if (node.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || node.longValue() < 0) {
      throw new FormatException("revision " + node, "a whole number, not negative");
    }
    return OptionalLong.of(node.longValue());
  }
}
