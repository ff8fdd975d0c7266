package dev.comptroller.api.definition;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.Approval;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.ModelDeployment;
import dev.comptroller.api.v1alpha1.TrainingRun;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What the CRD generator wrote, with what it has no annotation for: columns in the order of the
 * class, the condition list keyed by type, whole numbers as such, and a rule once where the
 * generator finds it on field and accessor of a record.
 */
final class Definitions {
  /** The kinds, in the order in which a reader meets them. */
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          TrainingRun.class,
          ModelDeployment.class,
          GovernancePolicy.class,
          Approval.class,
          AcceleratorClass.class);

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .build());

  private static final Path GENERATED = Path.of("target", "crds");

  private Definitions() {}

  /** The name of a kind's definition, which is also the name of its file. */
  static String name(Class<? extends CustomResource<?, ?>> kind) {
    return CustomResource.getCRDName(kind);
  }

  /** The finished definition of a kind. */
  static ObjectNode of(Class<? extends CustomResource<?, ?>> kind) {
    try {
      ObjectNode definition =
          (ObjectNode) YAML.readTree(GENERATED.resolve(name(kind) + "-v1.yml").toFile());
      ObjectNode version = (ObjectNode) definition.at("/spec/versions/0");
      version.set("additionalPrinterColumns", columns(kind, version));
      ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
      schema.put("description", kind.getAnnotation(JsonClassDescription.class).value());
      keyByType((ObjectNode) schema.at("/properties/status/properties/conditions"));
      finish(schema);
      return definition;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String yaml(JsonNode definition) {
    try {
      return YAML.writeValueAsString(definition);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode columns(Class<?> kind, ObjectNode version) {
    List<String> order =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    ArrayNode sorted = YAML.createArrayNode();
    StreamSupport.stream(version.get("additionalPrinterColumns").spliterator(), false)
        .sorted(Comparator.comparingInt(column -> order.indexOf(column.get("name").asText())))
        .forEach(sorted::add);
    return sorted;
  }

  private static void keyByType(ObjectNode conditions) {
    conditions.put("x-kubernetes-list-type", "map");
    conditions.putArray("x-kubernetes-list-map-keys").add("type");
  }

  private static void finish(ObjectNode schema) {
    for (String bound : List.of("minimum", "maximum")) {
      if (schema.path(bound).isFloatingPointNumber()) {
        schema.put(bound, schema.get(bound).longValue());
      }
    }
    if (schema.get("x-kubernetes-validations") instanceof ArrayNode rules) {
      Set<JsonNode> distinct = new LinkedHashSet<>();
      rules.forEach(distinct::add);
      rules.removeAll().addAll(distinct);
    }
    for (JsonNode child : schema) {
      if (child instanceof ObjectNode object) {
        finish(object);
      }
    }
  }
}
