package dev.comptroller.core.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.api.v1alpha1.ApprovalSpec;
import dev.comptroller.api.v1alpha1.ApprovalSubject;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an approval says. Whether somebody signed it is another question.
 *
 * @param kind kind of the approved object
 * @param name its name, in the approval's namespace
 * @param planDigest digest of the approved plan
 * @param limit the most it allows, over every start and resume
 * @param cluster UID of the cluster it holds in
 * @param notBefore from when on it holds, this instant included; empty means always
 * @param expires until when it holds, this instant excluded
 */
record ApprovalTerms(
    String kind,
    String name,
    Digest planDigest,
    Amount limit,
    String cluster,
    Optional<Instant> notBefore,
    Instant expires) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads an approval.
   *
   * @throws InvalidFieldException if it does not say what it has to say
   */
  static ApprovalTerms read(KubernetesObject approval) {
    ApprovalSpec spec = specOf(approval);
    ApprovalSubject subject = spec.subject();
    if (subject == null) {
      throw new InvalidFieldException("/spec/subject", "nothing", "kind, name and planDigest");
    }
    return new ApprovalTerms(
        read("/spec/subject/kind", subject.kind(), "a kind", text -> text),
        read("/spec/subject/name", subject.name(), "a name", text -> text),
        read("/spec/subject/planDigest", subject.planDigest(), "sha256:<64 hex>", Digest::new),
        read("/spec/gpuHours", spec.gpuHours(), "GPU-hours such as 320", Amount::parse),
        read("/spec/cluster", spec.cluster(), "UID of the namespace kube-system", text -> text),
        spec.notBefore() == null
            ? Optional.empty()
            : Optional.of(instant("/spec/notBefore", spec.notBefore())),
        instant("/spec/expires", spec.expires()));
  }

  /** Whether it holds in this cluster at this time. */
  ApprovalValidity validity(String clusterUid, Instant now) {
    if (!cluster.equals(clusterUid)) {
      return ApprovalValidity.ELSEWHERE;
    }
    if (notBefore.filter(now::isBefore).isPresent()) {
      return ApprovalValidity.NOT_YET;
    }
    return now.isBefore(expires) ? ApprovalValidity.IN_FORCE : ApprovalValidity.EXPIRED;
  }

  /** When that changes next; empty after the last time. */
  Optional<Instant> nextChange(Instant now) {
    return Stream.concat(notBefore.stream(), Stream.of(expires))
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  /** Why it does not hold here and now; points into the approval. */
  Optional<Finding> outside(String clusterUid, Instant now) {
    return switch (validity(clusterUid, now)) {
      case ELSEWHERE ->
          problem(ReasonCode.ApprovalMismatch, "/spec/cluster", cluster, "cluster " + clusterUid);
      case NOT_YET ->
          problem(
              ReasonCode.ApprovalExpired,
              "/spec/notBefore",
              notBefore.map(Instant::toString).orElse(""),
              "a time that has come");
      case EXPIRED ->
          problem(
              ReasonCode.ApprovalExpired,
              "/spec/expires",
              expires.toString(),
              "a time that is still to come");
      case IN_FORCE, UNREADABLE -> Optional.empty();
    };
  }

  /** A problem that only another approval solves. */
  static Optional<Finding> problem(ReasonCode code, String pointer, String found, String required) {
    return Optional.of(new Finding(code, pointer, found, required, "ask for a new approval"));
  }

  /** An approval that does not say what it has to say. */
  static Finding unreadable(InvalidFieldException e) {
    return new Finding(
        ReasonCode.ApprovalInvalid, e.pointer(), e.found(), e.required(), "correct the approval");
  }

  private static ApprovalSpec specOf(KubernetesObject approval) {
    if (!approval.spec().isObject()) {
      throw new InvalidFieldException("/spec", "nothing", "an approval's spec");
    }
    try {
      return JSON.treeToValue(approval.spec(), ApprovalSpec.class);
    } catch (JsonProcessingException e) {
      throw new InvalidFieldException("/spec", e.getOriginalMessage(), "an approval's spec");
    }
  }

  private static Instant instant(String pointer, @Nullable String text) {
    return read(pointer, text, "a time such as 2026-11-30T00:00:00Z", Instant::parse);
  }

  private static <T> T read(
      String pointer, @Nullable String text, String required, Function<String, T> reader) {
    if (text == null || text.isEmpty()) {
      throw new InvalidFieldException(pointer, "nothing", required);
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidFieldException(pointer, text, required);
    }
  }
}
