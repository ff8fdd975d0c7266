package dev.comptroller.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Writes values as JSON or YAML. */
public final class Documents {
  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(nonEmpty())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  // All texts are quoted: YAML 1.1, which kubectl reads, takes words such as "on" for something
  // else.
  private static final ObjectWriter YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .defaultPropertyInclusion(nonEmpty())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build()
          .writer();

  private Documents() {}

  /** The value as indented JSON, with a line feed at the end. */
  public static String json(Object value) {
    return written(JSON, value) + "\n";
  }

  /** The value as one YAML document without a start marker. */
  public static String yaml(Object value) {
    return written(YAML, value);
  }

  private static String written(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records and trees are always written", e);
    }
  }

  private static JsonInclude.Value nonEmpty() {
    return JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);
  }
}
