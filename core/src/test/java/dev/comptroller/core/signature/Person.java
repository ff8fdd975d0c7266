package dev.comptroller.core.signature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.Enforcement;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.NamespaceSelection;
import dev.comptroller.api.v1alpha1.Signing;
import dev.comptroller.api.v1alpha1.TrustedKey;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Somebody who can sign. */
public record Person(String name, String organization, SigningKey key) {

  /** Somebody with a new key. */
  public static Person of(String name, String organization) {
    return of(name, organization, KeyAlgorithm.P256);
  }

  /** Somebody with a new key of this kind. */
  public static Person of(String name, String organization, KeyAlgorithm algorithm) {
    return new Person(name, organization, SigningKey.generate(algorithm, new SecureRandom()));
  }

  /** The same person with another key. */
  public Person withAnotherKey() {
    return of(name, organization);
  }

  /** The key as policies list it. */
  public TrustedKey trusted() {
    return trustedAs(name + "-2026");
  }

  /** The key as policies list it, under another name. */
  public TrustedKey trustedAs(String keyName) {
    return new TrustedKey(keyName, name, organization, key.publicKey().toPem());
  }

  /** An envelope for the object. */
  public String envelope(KubernetesObject object, StatementTerms terms) {
    return new StatementSigner(key).sign(object, NormalForm.of(object), terms);
  }

  /** The object with this person's signature beside those it has. */
  public KubernetesObject sign(KubernetesObject object, StatementTerms terms) {
    return annotate(object, Api.SIGNATURE_ANNOTATION + "." + name, envelope(object, terms));
  }

  /** The object with this person's signature, which holds always and everywhere. */
  public KubernetesObject sign(KubernetesObject object) {
    return sign(object, StatementTerms.UNLIMITED);
  }

  /** The object with one more annotation. */
  public static KubernetesObject annotate(KubernetesObject object, String name, String value) {
    ObjectNode json = object.json().deepCopy();
    json.withObject("/metadata").withObjectProperty("annotations").put(name, value);
    return new KubernetesObject(json);
  }

  /** An authority of these persons. */
  public static Authority authority(String name, Person... persons) {
    return new Authority(name, Arrays.stream(persons).map(Person::trusted).toList());
  }

  /** A policy that trusts these authorities, and says nothing else. */
  public static GovernancePolicySpec trusting(List<String> revoked, Authority... authorities) {
    return new GovernancePolicySpec(
        new NamespaceSelection(List.of("*"), List.of()),
        Enforcement.Enforce,
        null,
        List.of(authorities),
        revoked,
        new Signing(null, null),
        null,
        new Compute(null, null, List.of()),
        List.of());
  }

  /** The keys of these authorities. */
  public static Keyring keyring(Authority... authorities) {
    return Keyring.of(trusting(List.of(), authorities));
  }
}
