package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The container that serves the model. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.metricsPort) || self.metricsPort != self.port",
    message = "metricsPort must differ from port: callers may not read metrics")
public record ServingRuntime(
    @JsonPropertyDescription("Image of the server, pinned by digest.")
        @Required
        @Size(min = 1, max = 512)
        @ValidationRule(
            value = "self.matches('^[^@\\\\s]+@sha256:[0-9a-f]{64}$')",
            message = "image must be pinned by digest: append @sha256: and the digest of the image")
        String image,
    @JsonPropertyDescription("Port that serves requests.") @Required @Min(1) @Max(65535)
        Integer port,
    @JsonPropertyDescription("Port that serves metrics; none where absent.") @Min(1) @Max(65535)
        @Nullable Integer metricsPort,
    @JsonPropertyDescription("Entry point; the image's where absent.") @Size(max = 64)
        List<@Size(max = 4096) String> command,
    @JsonPropertyDescription("Arguments of the entry point.") @Size(max = 256)
        List<@Size(max = 4096) String> args,
    @JsonPropertyDescription("Environment variables. Secrets belong into secrets.") @Size(max = 128)
        Map<String, @Size(max = 4096) String> env,
    @JsonPropertyDescription("Requests and limits of the container.")
        @Nullable ServingResources resources,
    @JsonPropertyDescription("Labels of the nodes that may serve.") @Size(max = 16)
        Map<String, @Size(max = 63) String> nodeSelector) {
  public ServingRuntime {
    command = command == null ? List.of() : List.copyOf(command);
    args = args == null ? List.of() : List.copyOf(args);
    env = env == null ? Map.of() : Map.copyOf(env);
    nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
  }
}
