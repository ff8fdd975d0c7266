package dev.comptroller.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.comptroller.core.object.KubernetesObject;

/** Reads objects from the YAML that tests are written in. */
public final class Manifest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Manifest() {}

  /** The object that a YAML document holds. */
  public static KubernetesObject of(String yaml) {
    try {
      return new KubernetesObject((ObjectNode) YAML.readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
