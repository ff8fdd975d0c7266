package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an object but a listed set, with Kubernetes' own defaults filled in and quantities
 * canonical: the same for the manifest that is signed and for what the API server makes of it.
 *
 * <p>Its members are {@code apiVersion}, {@code kind}, {@code namespace}, {@code name}, {@code
 * spec}, and whatever else the object has at its top. Metadata but namespace and name, and status,
 * are never part of it; what of the spec is not is listed in {@link Specs}. An unknown field is
 * part of it.
 *
 * <p>Replica counts that a scale subresource owns are left out, so two objects of one form may ask
 * for different amounts of compute: whoever lets an unchanged form pass has to price those again.
 */
public final class NormalForm {
  /** The rules in use. */
  public static final String VERSION = "1";

  private static final Set<String> NOT_PLANNED = Set.of("apiVersion", "kind", "metadata", "status");

  private final ObjectNode value;
  private @Nullable Digest digest;

  private NormalForm(ObjectNode value) {
    this.value = value;
  }

  /**
   * The normal form of an object by the current rules.
   *
   * @throws InvalidFieldException if it holds a value that readers could take for different ones
   */
  public static NormalForm of(KubernetesObject object) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    form.put("apiVersion", object.apiVersion());
    form.put("kind", object.kind());
    form.put("namespace", object.namespace());
    form.put("name", object.name());
    object.json().properties().stream()
        .filter(member -> !NOT_PLANNED.contains(member.getKey()))
        .forEach(member -> form.set(member.getKey(), member.getValue().deepCopy()));
    CanonicalJson.require(form);
    Specs.of(object.apiVersion(), object.kind())
        .ifPresent(specs -> Elements.object(form, "spec").forEach(specs::normalise));
    return new NormalForm(form);
  }

  /** Names the rules the form was made by. */
  public String version() {
    return VERSION;
  }

  /** The form; equal forms mean the same plan. Whoever changes it asks for no digest. */
  public ObjectNode value() {
    return value;
  }

  /** SHA-256 over the RFC 8785 form, computed once: several who judge a plan ask for it. */
  public Digest digest() {
    Digest known = digest;
    if (known == null) {
      // Two threads at once would find the same.
      known = Digest.of(CanonicalJson.of(value));
      digest = known;
    }
    return known;
  }
}
