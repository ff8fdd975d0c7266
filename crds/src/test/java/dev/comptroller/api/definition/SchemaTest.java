package dev.comptroller.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What holds for the schema of every kind: bounds, descriptions, no defaults, and the classes. */
class SchemaTest {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS = Definitions.KINDS;

  private static final Map<String, String> SCHEMA_TYPES =
      Map.of("String", "string", "Boolean", "boolean", "Object", "object");

  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "TrainingRun",
          List.of("Phase", "Tier", "GPU-Hours", "Signed-By", "Approved-By", "Age"),
          "ModelDeployment",
          List.of("Ready", "Tier", "Rate", "Signed-By", "Approved-By", "URL", "Age"),
          "GovernancePolicy",
          List.of("Enforcement", "Ready", "Namespaces", "Unapproved", "Age"),
          "Approval",
          List.of("Subject", "GPU-Hours", "Approved-By", "Status", "Expires", "Age"),
          "AcceleratorClass",
          List.of("Vendor", "Resource", "Weight", "Memory", "Age"));

  @ParameterizedTest
  @FieldSource("KINDS")
  void every_value_is_bounded(Class<? extends CustomResource<?, ?>> kind) {
    List<String> unbounded = new ArrayList<>();
    visit(
        schema(kind),
        "",
        (pointer, schema) -> {
          if (!missingBounds(schema).isEmpty()) {
            unbounded.add(pointer + " lacks " + missingBounds(schema));
          }
        });
    assertThat(unbounded).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void every_field_is_described(Class<? extends CustomResource<?, ?>> kind) {
    List<String> silent = new ArrayList<>();
    visit(
        schema(kind),
        "",
        (pointer, schema) ->
            schema
                .path("properties")
                .properties()
                .forEach(
                    field -> {
                      if (!field.getValue().path("description").asText().endsWith(".")) {
                        silent.add(pointer + "/" + field.getKey());
                      }
                    }));
    assertThat(silent).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void the_server_fills_in_nothing_that_was_not_signed(Class<? extends CustomResource<?, ?>> kind) {
    List<String> defaulted = new ArrayList<>();
    visit(
        schema(kind),
        "",
        (pointer, schema) -> {
          if (schema.has("default")) {
            defaulted.add(pointer);
          }
        });
    assertThat(defaulted).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void the_schema_has_the_fields_of_the_classes(Class<? extends CustomResource<?, ?>> kind) {
    ParameterizedType resource = (ParameterizedType) kind.getGenericSuperclass();
    compare("spec", resource.getActualTypeArguments()[0], schema(kind).at("/properties/spec"));
    compare("status", resource.getActualTypeArguments()[1], schema(kind).at("/properties/status"));
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void columns_appear_in_the_order_of_the_class(Class<? extends CustomResource<?, ?>> kind) {
    List<String> columns =
        StreamSupport.stream(version(kind).get("additionalPrinterColumns").spliterator(), false)
            .filter(column -> column.get("priority").asInt() == 0)
            .map(column -> column.get("name").asText())
            .toList();
    assertThat(columns).isEqualTo(COLUMNS.get(kind.getSimpleName()));
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void conditions_merge_by_type(Class<? extends CustomResource<?, ?>> kind) {
    JsonNode conditions = schema(kind).at("/properties/status/properties/conditions");
    assertThat(conditions.at("/x-kubernetes-list-type").asText()).isEqualTo("map");
    assertThat(conditions.at("/x-kubernetes-list-map-keys/0").asText()).isEqualTo("type");
  }

  private static JsonNode version(Class<? extends CustomResource<?, ?>> kind) {
    return Definitions.of(kind).at("/spec/versions/0");
  }

  private static JsonNode schema(Class<? extends CustomResource<?, ?>> kind) {
    return version(kind).at("/schema/openAPIV3Schema");
  }

  private static List<String> missingBounds(JsonNode schema) {
    List<String> needed =
        switch (schema.path("type").asText()) {
          case "string" -> schema.has("enum") ? List.of() : List.of("maxLength");
          case "integer" -> List.of("minimum", "maximum");
          case "array" -> List.of("maxItems", "items");
          case "object" ->
              schema.has("additionalProperties") ? List.of("maxProperties") : List.of();
          case "boolean" -> List.of();
          default -> List.of("type");
        };
    return needed.stream().filter(bound -> !schema.has(bound)).toList();
  }

  /** Calls the visitor for a schema and every schema inside it. */
  private static void visit(JsonNode schema, String pointer, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, schema);
    schema
        .path("properties")
        .properties()
        .forEach(field -> visit(field.getValue(), pointer + "/" + field.getKey(), visitor));
    if (schema.get("items") instanceof ObjectNode items) {
      visit(items, pointer + "/*", visitor);
    }
    if (schema.get("additionalProperties") instanceof ObjectNode values) {
      visit(values, pointer + "/*", visitor);
    }
  }

  /** The schema has the fields of the type, and accepts nothing that the type cannot hold. */
  private static void compare(String path, Type type, JsonNode schema) {
    String schemaType = schema.path("type").asText();
    switch (type) {
      case ParameterizedType list when list.getRawType() == List.class -> {
        assertThat(schemaType).as(path).isEqualTo("array");
        compare(path + "[]", list.getActualTypeArguments()[0], schema.path("items"));
      }
      case ParameterizedType map when map.getRawType() == Map.class -> {
        assertThat(map.getActualTypeArguments()[0]).isEqualTo(String.class);
        compare(path + "{}", map.getActualTypeArguments()[1], schema.path("additionalProperties"));
      }
      case Class<?> record when record.isRecord() -> compareRecord(path, record, schema);
      case Class<?> enumeration when enumeration.isEnum() ->
          assertThat(schema.path("enum").valueStream().map(JsonNode::asText))
              .as(path)
              .containsExactlyInAnyOrderElementsOf(
                  Arrays.stream(enumeration.getEnumConstants()).map(Object::toString).toList());
      case Class<?> number when number == Integer.class || number == Long.class -> {
        long largest = number == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        assertThat(schemaType).as(path).isEqualTo("integer");
        assertThat(schema.path("maximum").asLong()).as(path).isLessThanOrEqualTo(largest);
      }
      case Class<?> other ->
          assertThat(schemaType).as(path).isEqualTo(SCHEMA_TYPES.get(other.getSimpleName()));
      default -> throw new AssertionError(path + ": a type that no schema describes: " + type);
    }
  }

  private static void compareRecord(String path, Class<?> record, JsonNode schema) {
    Map<String, Type> components =
        Arrays.stream(record.getRecordComponents())
            .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
    assertThat(schema.path("properties").properties())
        .as(path)
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(components.keySet());
    components.forEach(
        (name, component) ->
            compare(path + "." + name, component, schema.path("properties").path(name)));
  }
}
