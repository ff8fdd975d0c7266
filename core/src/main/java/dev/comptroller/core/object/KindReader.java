package dev.comptroller.core.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.AcceleratorClassSpec;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.stream.Collectors;

/**
 * Reads objects into the classes of their kinds. The strict reader refuses unknown fields, which
 * are mistakes in a manifest; the lenient one leaves them out, as the API server did when it stored
 * the object.
 */
public final class KindReader {
  /** For what people write. */
  public static final KindReader STRICT =
      new KindReader(
          JsonMapper.builder()
              .annotationIntrospector(new KnownFieldsOnly())
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build());

  /** For what the API server has checked and stored. */
  public static final KindReader LENIENT =
      new KindReader(
          JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build());

  private final JsonMapper mapper;

  private KindReader(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Reads a policy.
   *
   * @throws InvalidFieldException if its spec is no policy's
   */
  public GovernancePolicy policy(KubernetesObject object) {
    GovernancePolicy policy = new GovernancePolicy();
    policy.setMetadata(
        new ObjectMetaBuilder()
            .withName(object.name())
            .withUid(object.uid())
            .withGeneration(object.generation())
            .build());
    policy.setSpec(spec(object, GovernancePolicySpec.class));
    return policy;
  }

  /**
   * Reads an accelerator class.
   *
   * @throws InvalidFieldException if its spec is no class's
   */
  public AcceleratorClass acceleratorClass(KubernetesObject object) {
    AcceleratorClass accelerator = new AcceleratorClass();
    accelerator.setMetadata(new ObjectMetaBuilder().withName(object.name()).build());
    accelerator.setSpec(spec(object, AcceleratorClassSpec.class));
    return accelerator;
  }

  /**
   * Reads the spec of an object.
   *
   * @throws InvalidFieldException if it is absent or does not have the form of the type
   */
  public <T> T spec(KubernetesObject object, Class<T> type) {
    if (!object.spec().isObject()) {
      throw new InvalidFieldException("/spec", "no spec", "a spec");
    }
    try {
      return mapper.treeToValue(object.spec(), type);
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      throw new InvalidFieldException(
          pointer(e), "the unknown field " + e.getPropertyName(), "one of " + known);
    } catch (JsonMappingException e) {
      throw new InvalidFieldException(
          pointer(e), "a value that cannot be read", e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot be malformed JSON", e);
    }
  }

  private static String pointer(JsonMappingException e) {
    return "/spec"
        + e.getPath().stream()
            .map(step -> step.getFieldName() == null ? step.getIndex() + "" : step.getFieldName())
            .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
            .collect(Collectors.joining());
  }

  /** Takes no notice of the kinds' own wish to ignore unknown fields. */
  private static final class KnownFieldsOnly extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return JsonIgnoreProperties.Value.empty();
    }
  }
}
