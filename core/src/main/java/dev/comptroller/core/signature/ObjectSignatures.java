package dev.comptroller.core.signature;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.NextStep;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * The signatures in an object's annotations: {@code comptroller.dev/signature}, and {@code
 * comptroller.dev/signature.<signer>} for further signers, each one DSSE envelope.
 *
 * <p>A signature that does not count never outweighs one that does: it is reported only if too few
 * persons are left.
 */
public final class ObjectSignatures {
  /** Most signature annotations an object may carry. */
  public static final int MAX_SIGNATURES = 32;

  private static final String FURTHER_SIGNERS = Api.SIGNATURE_ANNOTATION + ".";

  private ObjectSignatures() {}

  /** An envelope and where it stands. */
  private record Placed(String pointer, Envelope envelope) {}

  /**
   * Whether enough persons of the authorities signed the object as it is.
   *
   * @param form the object's normal form
   * @param authorities names of the authorities whose keys count
   * @param signers how many persons must have signed
   * @param clusterUid UID of the namespace kube-system; empty satisfies no signature that is bound
   *     to a cluster
   */
  public static SignatureVerdict verify(
      KubernetesObject object,
      NormalForm form,
      Keyring keyring,
      List<String> authorities,
      int signers,
      String clusterUid,
      Instant now) {
    if (!keyring.revocationProblems().isEmpty()) {
      return new SignatureVerdict(List.of(), keyring.revocationProblems());
    }
    SortedMap<String, String> annotations = signatureAnnotations(object);
    if (annotations.size() > MAX_SIGNATURES) {
      return refused(
          ReasonCode.SignatureInvalid,
          "/metadata/annotations",
          annotations.size() + " signatures",
          "at most " + MAX_SIGNATURES);
    }
    if (!annotations.isEmpty() && object.name().isEmpty()) {
      return refused(
          ReasonCode.InvalidObject, "/metadata/name", "no name", "a name, which a signature binds");
    }
    List<Finding> rejected = new ArrayList<>();
    SortedMap<String, Signer> persons = new TreeMap<>();
    Examiner examiner = new Examiner(object, form, keyring, authorities, clusterUid, now);
    for (Placed placed : read(annotations, keyring, rejected)) {
      switch (examiner.examine(placed.envelope(), placed.pointer())) {
        case Examination.Counted(Signer signer) ->
            persons.merge(
                signer.person(),
                signer,
                BinaryOperator.minBy(Comparator.comparing(Signer::keyName)));
        case Examination.Rejected(Finding finding) -> rejected.add(finding);
      }
    }
    List<Signer> counted = List.copyOf(persons.values());
    if (counted.size() >= signers) {
      return new SignatureVerdict(counted, List.of());
    }
    return new SignatureVerdict(
        counted, unmet(annotations.isEmpty(), counted, authorities, signers, rejected));
  }

  private static SignatureVerdict refused(
      ReasonCode code, String pointer, String found, String required) {
    return new SignatureVerdict(
        List.of(), List.of(new Finding(code, pointer, found, required, "")));
  }

  private static List<Finding> unmet(
      boolean unsigned,
      List<Signer> counted,
      List<String> authorities,
      int signers,
      List<Finding> rejected) {
    List<Finding> findings = new ArrayList<>();
    String required =
        "signatures of " + signers + " person(s) of " + String.join(", ", authorities);
    if (unsigned) {
      findings.add(
          new Finding(
              ReasonCode.Unsigned,
              pointer(Api.SIGNATURE_ANNOTATION),
              "no signature",
              required,
              NextStep.SIGN));
    } else if (rejected.isEmpty() || !counted.isEmpty()) {
      List<String> names = counted.stream().map(Signer::person).toList();
      findings.add(
          new Finding(
              ReasonCode.SignerNotTrusted,
              "/metadata/annotations",
              names.size() + " (" + String.join(", ", names) + ")",
              required,
              "have another person sign: " + NextStep.SIGN));
    }
    findings.addAll(rejected);
    return findings;
  }

  /** The readable envelopes, those that name a trusted key first: they cost the fewest checks. */
  private static List<Placed> read(
      Map<String, String> annotations, Keyring keyring, List<Finding> rejected) {
    List<Placed> claimed = new ArrayList<>();
    List<Placed> others = new ArrayList<>();
    annotations.forEach(
        (name, text) -> {
          try {
            Placed placed = new Placed(pointer(name), Envelope.read(text));
            (keyring.claimedBy(placed.envelope()).isPresent() ? claimed : others).add(placed);
          } catch (FormatException e) {
            rejected.add(
                new Finding(
                    ReasonCode.SignatureInvalid,
                    pointer(name),
                    e.found(),
                    e.required(),
                    "sign again: " + NextStep.SIGN));
          }
        });
    claimed.addAll(others);
    return claimed;
  }

  private static SortedMap<String, String> signatureAnnotations(KubernetesObject object) {
    SortedMap<String, String> found = new TreeMap<>();
    object
        .annotations()
        .forEach(
            (name, text) -> {
              if (name.equals(Api.SIGNATURE_ANNOTATION) || name.startsWith(FURTHER_SIGNERS)) {
                found.put(name, text);
              }
            });
    return found;
  }

  private static String pointer(String annotation) {
    return "/metadata/annotations/" + annotation.replace("~", "~0").replace("/", "~1");
  }
}
