package dev.comptroller.operator.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** From the client's classes to values. */
public final class Objects {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private Objects() {}

  /** The resource as JSON. */
  public static KubernetesObject of(HasMetadata resource) {
    return new KubernetesObject(SERIALIZATION.convertValue(resource, ObjectNode.class));
  }
}
