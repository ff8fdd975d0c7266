package dev.comptroller.api.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The reference of all fields, made from the definitions. */
final class ApiReference {
  private static final String INTRODUCTION =
      """
      <!-- Generated from the classes in crds/ by hack/generate: change those. -->
      # API reference: `comptroller.dev/v1alpha1`

      `[]` stands for each entry of a list, `{}` for each value of a map. A field that is not marked as required may be
      left out. Times are UTC in whole seconds, durations a whole number with one unit (`ms`, `s`, `m`, `h`, `d`). Amounts
      and weights are text, so that they stay exact: one GPU-hour is one accelerator of weight 1 held for one hour.
      """;

  private final StringBuilder text = new StringBuilder(INTRODUCTION);

  private ApiReference() {}

  /** The reference of these definitions, as Markdown. */
  static String of(List<ObjectNode> definitions) {
    ApiReference reference = new ApiReference();
    definitions.forEach(reference::kind);
    return reference.text.toString();
  }

  private void kind(ObjectNode definition) {
    JsonNode version = definition.at("/spec/versions/0");
    JsonNode schema = version.at("/schema/openAPIV3Schema");
    line("");
    line("## " + definition.at("/spec/names/kind").asText());
    line("");
    line(
        "%s %s; short name `%s`. Columns: %s."
            .formatted(
                schema.get("description").asText(),
                definition.at("/spec/scope").asText(),
                definition.at("/spec/names/shortNames/0").asText(),
                columns(version)));
    for (String part : List.of("spec", "status")) {
      line("");
      line("| field | type | meaning |");
      line("|---|---|---|");
      JsonNode fields = schema.at("/properties/" + part);
      fields(part, fields);
      List<String> rules = new ArrayList<>();
      rules(part, fields, rules);
      if (!rules.isEmpty()) {
        line("");
        line("Rules:");
        line("");
        rules.forEach(rule -> line("- " + rule));
      }
    }
  }

  private static String columns(JsonNode version) {
    return StreamSupport.stream(version.get("additionalPrinterColumns").spliterator(), false)
        .map(
            column ->
                column.get("name").asText() + (column.get("priority").asInt() > 0 ? " (wide)" : ""))
        .collect(Collectors.joining(", "));
  }

  private void fields(String path, JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              String name = path + "." + field.getKey();
              line(
                  "| `%s`%s | %s | %s |"
                      .formatted(
                          name,
                          required.contains(field.getKey()) ? " (required)" : "",
                          type(value),
                          value.get("description").asText()));
              fields(name, value);
              fields(name + "[]", value.path("items"));
            });
  }

  private static void rules(String path, JsonNode schema, List<String> rules) {
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> rules.add("`" + path + "`: " + rule.get("message").asText()));
    schema
        .path("properties")
        .properties()
        .forEach(field -> rules(path + "." + field.getKey(), field.getValue(), rules));
    if (schema.has("items")) {
      rules(path + "[]", schema.get("items"), rules);
    }
  }

  private static String type(JsonNode schema) {
    return switch (schema.get("type").asText()) {
      case "string" -> schema.has("enum") ? choices(schema) : text(schema);
      case "integer" -> "integer, %s to %s".formatted(schema.get("minimum"), schema.get("maximum"));
      case "array" ->
          "list, %s of %s".formatted(count(schema, "Items", "entries"), type(schema.get("items")));
      case "object" ->
          schema.has("additionalProperties")
              ? "map, %s; `{}` is %s"
                  .formatted(
                      count(schema, "Properties", "entries"),
                      type(schema.get("additionalProperties")))
              : "object";
      case String other -> other;
    };
  }

  private static String choices(JsonNode schema) {
    return StreamSupport.stream(schema.get("enum").spliterator(), false)
        .map(choice -> "`" + choice.asText() + "`")
        .collect(Collectors.joining(" or "));
  }

  private static String text(JsonNode schema) {
    String length = "text, " + count(schema, "Length", "characters");
    return schema.has("pattern")
        ? length + ", `" + schema.get("pattern").asText().replace("|", "\\|") + "`"
        : length;
  }

  private static String count(JsonNode schema, String bound, String unit) {
    int least = schema.path("min" + bound).asInt();
    int most = schema.get("max" + bound).asInt();
    return least == most ? most + " " + unit : least + " to " + most + " " + unit;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
