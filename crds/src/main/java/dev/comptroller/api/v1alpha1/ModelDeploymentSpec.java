package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model, the runtime that serves it, how far it scales and who may call it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelDeploymentSpec(
    String owner,
    ServedModel model,
    ServingRuntime runtime,
    Scale scale,
    List<Caller> callers,
    List<SecretMount> secrets,
    @Nullable ServiceLevel slo) {
  public ModelDeploymentSpec {
    callers = callers == null ? List.of() : List.copyOf(callers);
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
  }
}
