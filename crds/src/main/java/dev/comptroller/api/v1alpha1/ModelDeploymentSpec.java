package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model, the runtime that serves it, how far it scales and who may call it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelDeploymentSpec(
    @JsonPropertyDescription("Team or person that answers for the endpoint.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.LABEL_VALUE)
        String owner,
    @JsonPropertyDescription("The model version that is served.") @Required ServedModel model,
    @JsonPropertyDescription("The container that serves it.") @Required ServingRuntime runtime,
    @JsonPropertyDescription("How far the endpoint scales.") @Required Scale scale,
    @JsonPropertyDescription("ServiceAccounts that may call the endpoint; nobody where absent.")
        @Size(max = 64)
        @ValidationRule(
            value =
                "self.all(a, self.exists_one(b, b.__namespace__ == a.__namespace__ && b.serviceAccount == a.serviceAccount))",
            message = "callers must be different ServiceAccounts: name each once")
        List<Caller> callers,
    @JsonPropertyDescription("Secrets of the same namespace that the pods may read.")
        @Size(max = 32)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.name == a.name))",
            message = "secrets must have different names: keep one entry for each Secret")
        @ValidationRule(
            value =
                "self.all(a, !has(a.mountPath) || self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))",
            message = "secrets must have different mount paths: give each a directory of its own")
        List<SecretMount> secrets,
    @JsonPropertyDescription("The service level objective.") @Nullable ServiceLevel slo) {
  public ModelDeploymentSpec {
    callers = callers == null ? List.of() : List.copyOf(callers);
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
  }
}
