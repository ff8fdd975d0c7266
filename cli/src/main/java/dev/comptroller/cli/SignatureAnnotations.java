package dev.comptroller.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.cli.manifest.Change;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.VerificationKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where an object carries its signatures. */
final class SignatureAnnotations {
  private static final String FURTHER = Api.SIGNATURE_ANNOTATION + ".";
  // An annotation's name has at most 63 characters, "signature." among them.
  private static final Pattern SUFFIX =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,51}[A-Za-z0-9])?");
  private static final int DIGITS = 12;
  private static final JsonMapper JSON = new JsonMapper();

  private SignatureAnnotations() {}

  /** Whether the object carries any signature. */
  static boolean present(KubernetesObject object) {
    return object.annotations().keySet().stream().anyMatch(SignatureAnnotations::isSignature);
  }

  /**
   * Puts a signature into the object, in place of an earlier one by the same key. Signatures by
   * other keys stay.
   *
   * @param suffix what to append to the annotation's name; where absent, the plain name is used, or
   *     digits of the key where the plain name is taken by another key
   */
  static List<Change> put(
      KubernetesObject object, String envelope, VerificationKey key, Optional<String> suffix) {
    List<String> own =
        object.annotations().entrySet().stream()
            .filter(entry -> isSignature(entry.getKey()))
            .filter(entry -> keyId(entry.getValue()).equals(Optional.of(key.keyId())))
            .map(Map.Entry::getKey)
            .toList();
    String name = suffix.map(SignatureAnnotations::named).orElseGet(() -> free(object, own, key));
    if (object.annotations().containsKey(name) && !own.contains(name)) {
      throw new CommandFailure(
          Subjects.where(object, "/metadata/annotations/" + name.replace("/", "~1")),
          "a signature by another key",
          "another --signer");
    }
    List<Change> changes = new ArrayList<>();
    own.stream()
        .filter(earlier -> !earlier.equals(name))
        .forEach(earlier -> changes.add(Change.remove("metadata", "annotations", earlier)));
    changes.add(Change.set(envelope, "metadata", "annotations", name));
    return List.copyOf(changes);
  }

  private static String named(String suffix) {
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new CommandFailure(
          "--signer",
          suffix,
          "at most 53 letters, digits, '-', '_' or '.', a letter or digit first and last");
    }
    return FURTHER + suffix;
  }

  private static String free(KubernetesObject object, List<String> own, VerificationKey key) {
    if (!own.isEmpty()) {
      return own.getFirst();
    }
    return object.annotations().containsKey(Api.SIGNATURE_ANNOTATION)
        ? FURTHER + key.digest().hex().substring(0, DIGITS)
        : Api.SIGNATURE_ANNOTATION;
  }

  private static boolean isSignature(String annotation) {
    return annotation.equals(Api.SIGNATURE_ANNOTATION) || annotation.startsWith(FURTHER);
  }

  /** The key an envelope claims: enough to find one's own, never to trust it. */
  private static Optional<String> keyId(String envelope) {
    try {
      String keyId = JSON.readTree(envelope).at("/signatures/0/keyid").asText("");
      return Optional.of(keyId).filter(id -> !id.isEmpty());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
