package dev.comptroller.core.signature;

import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.NextStep;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Examines the envelopes of one object, one after the other. */
final class Examiner {
  /**
   * Most signatures checked for one object. An envelope that names its key needs one check; only
   * envelopes that name none, or a wrong one, can use this up.
   */
  static final int MAX_CHECKS = 256;

  private static final String SIGN_AGAIN = "sign again: " + NextStep.SIGN;

  private final KubernetesObject object;
  private final NormalForm form;
  private final Digest digest;
  private final Keyring keyring;
  private final List<String> authorities;
  private final String clusterUid;
  private final Instant now;
  private int checksLeft = MAX_CHECKS;

  Examiner(
      KubernetesObject object,
      NormalForm form,
      Keyring keyring,
      List<String> authorities,
      String clusterUid,
      Instant now) {
    this.object = object;
    this.form = form;
    this.digest = form.digest();
    this.keyring = keyring;
    this.authorities = authorities;
    this.clusterUid = clusterUid;
    this.now = now;
  }

  /**
   * Whether an envelope counts, and for whom.
   *
   * @param pointer JSON pointer of the annotation that holds it
   */
  Examination examine(Envelope envelope, String pointer) {
    Optional<TrustedHolder> holder = signerOf(envelope);
    if (holder.isEmpty()) {
      return new Examination.Rejected(unverified(envelope, pointer));
    }
    return contradiction(holder.get(), envelope, pointer)
        .<Examination>map(Examination.Rejected::new)
        .orElseGet(() -> counted(holder.get()));
  }

  /** The holder of the key that made the signature; the hint only says which key to try first. */
  private Optional<TrustedHolder> signerOf(Envelope envelope) {
    Set<TrustedHolder> candidates = new LinkedHashSet<>();
    keyring.claimedBy(envelope).ifPresent(candidates::add);
    candidates.addAll(keyring.trustedBy(authorities));
    for (TrustedHolder candidate : candidates) {
      if (checksLeft-- <= 0) {
        return Optional.empty();
      }
      if (envelope.signedBy(candidate.key())) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private Finding unverified(Envelope envelope, String pointer) {
    if (checksLeft < 0) {
      return new Finding(
          ReasonCode.SignatureInvalid,
          pointer,
          "signatures that do not name their keys, more than " + MAX_CHECKS + " checks",
          "fewer signatures, with keyid",
          SIGN_AGAIN);
    }
    return keyring
        .claimedBy(envelope)
        .map(
            holder ->
                new Finding(
                    ReasonCode.SignatureInvalid,
                    pointer,
                    "a signature that is not of key " + holder.keyName() + ", which it names",
                    "an intact signature",
                    SIGN_AGAIN))
        .orElseGet(
            () ->
                new Finding(
                    ReasonCode.SignerNotTrusted,
                    pointer,
                    "a signature by an unknown key"
                        + envelope.keyId().map(keyId -> " (keyid " + keyId + ")").orElse(""),
                    "a key of " + authorityNames(),
                    "have a person of "
                        + authorityNames()
                        + " sign: "
                        + NextStep.SIGN
                        + "; or have the key added to the GovernancePolicy"));
  }

  /** Why an envelope that a known key signed does not count. */
  private Optional<Finding> contradiction(TrustedHolder holder, Envelope envelope, String pointer) {
    if (keyring.isRevoked(holder.key().digest())) {
      return Optional.of(
          revoked(
              pointer,
              "key " + holder.keyName() + " of " + holder.person(),
              holder.key().digest()));
    }
    Statement statement;
    try {
      statement = Statement.read(envelope.payload());
    } catch (FormatException e) {
      return invalid(pointer, e.found(), e.required(), SIGN_AGAIN);
    }
    String name = Statement.nameOf(object.key());
    if (!statement.subject().equals(name)) {
      return invalid(pointer, "a signature of " + statement.subject(), "of " + name, SIGN_AGAIN);
    }
    if (!statement.normalForm().equals(form.version())) {
      return invalid(
          pointer,
          "normal form version " + statement.normalForm(),
          "version " + form.version(),
          SIGN_AGAIN);
    }
    if (!statement.digest().equals(digest)) {
      return invalid(
          pointer,
          "a signature of plan " + abbreviated(statement.digest()),
          "of the plan as it is now, " + abbreviated(digest),
          "the plan changed after "
              + holder.person()
              + " signed it: undo the change, or "
              + SIGN_AGAIN);
    }
    return unmetTerms(statement, holder, Digest.of(envelope.payload()), pointer);
  }

  private Optional<Finding> unmetTerms(
      Statement statement, TrustedHolder holder, Digest statementDigest, String pointer) {
    if (keyring.isRevoked(statementDigest)) {
      return Optional.of(revoked(pointer, "the statement of " + holder.person(), statementDigest));
    }
    if (keyring.isRevoked(digest)) {
      return Optional.of(revoked(pointer, "this version of the object", digest));
    }
    StatementTerms terms = statement.terms();
    if (!terms.holdsIn(clusterUid)) {
      return invalid(
          pointer,
          "a signature for cluster " + terms.cluster().orElse(""),
          "for cluster " + clusterUid,
          SIGN_AGAIN);
    }
    if (!terms.holdsAt(now)) {
      return Optional.of(
          new Finding(
              ReasonCode.SignatureExpired,
              pointer,
              "a signature by " + holder.person() + " that holds " + window(terms),
              "one that holds now",
              SIGN_AGAIN));
    }
    if (holder.authorities().stream().noneMatch(authorities::contains)) {
      return Optional.of(
          new Finding(
              ReasonCode.SignerNotTrusted,
              pointer,
              "a signature by "
                  + holder.person()
                  + " of "
                  + String.join(", ", holder.authorities()),
              "by a person of " + authorityNames(),
              "have a person of " + authorityNames() + " sign: " + NextStep.SIGN));
    }
    return Optional.empty();
  }

  private Examination counted(TrustedHolder holder) {
    String authority =
        authorities.stream().filter(holder.authorities()::contains).findFirst().orElseThrow();
    return new Examination.Counted(
        new Signer(holder.person(), holder.organization(), holder.keyName(), authority));
  }

  private String authorityNames() {
    return String.join(", ", authorities);
  }

  private static Optional<Finding> invalid(
      String pointer, String found, String required, String nextStep) {
    return Optional.of(
        new Finding(ReasonCode.SignatureInvalid, pointer, found, required, nextStep));
  }

  private static Finding revoked(String pointer, String what, Digest digest) {
    return new Finding(
        ReasonCode.Revoked,
        pointer,
        what + ", revoked as " + digest,
        "nothing that the policy revoked",
        SIGN_AGAIN);
  }

  private static String window(StatementTerms terms) {
    return terms.notBefore().map(start -> "from " + start + " ").orElse("")
        + terms.expires().map(end -> "until " + end).orElse("on");
  }

  /** Enough to tell two digests apart. */
  private static String abbreviated(Digest digest) {
    return digest.value().substring(0, "sha256:".length() + 12);
  }
}
