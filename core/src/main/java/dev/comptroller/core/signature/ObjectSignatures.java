package dev.comptroller.core.signature;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Instant;
import java.util.List;

/** The signatures in an object's annotations. */
public final class ObjectSignatures {

  private ObjectSignatures() {}

  /**
   * Whether enough persons of the authorities signed the object.
   *
   * @param authorities names of the authorities whose keys count
   * @param signers how many persons must have signed
   * @param clusterUid UID of the namespace kube-system
   */
  public static SignatureVerdict verify(
      KubernetesObject object,
      NormalForm form,
      Keyring keyring,
      List<String> authorities,
      int signers,
      String clusterUid,
      Instant now) {
    return new SignatureVerdict(
        List.of(),
        List.of(
            new Finding(
                ReasonCode.Unsigned,
                "/metadata/annotations/" + Api.SIGNATURE_ANNOTATION.replace("/", "~1"),
                "no signature",
                "signatures by " + signers + " of " + authorities,
                "kubectl-comptroller sign -f FILE --key PEM")));
  }
}
