package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an endpoint. Display only: no verdict reads it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelDeploymentStatus(
    @JsonPropertyDescription("Generation of the object that this status is about.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Address of the endpoint within the cluster.")
        @Size(min = 1, max = 1024)
        @Nullable String url,
    @JsonPropertyDescription("Revision of the pods that serve.") @Size(min = 1, max = 253)
        @Nullable String revision,
    @JsonPropertyDescription("Tier of the policy that the endpoint falls into.")
        @Size(min = 1, max = 63)
        @Nullable String tier,
    @JsonPropertyDescription("GPU-hours of the endpoint.") @Nullable GpuHoursStatus gpuHours,
    @JsonPropertyDescription("Digest of the plan; approvals name it.")
        @Size(min = 71, max = 71)
        @Pattern(Formats.DIGEST)
        @Nullable String planDigest,
    @JsonPropertyDescription("Persons who signed the plan, joined by commas.")
        @Size(min = 1, max = 4096)
        @Nullable String signedBy,
    @JsonPropertyDescription("Persons who approved the plan, joined by commas.")
        @Size(min = 1, max = 4096)
        @Nullable String approvedBy,
    @JsonPropertyDescription("Pods that exist.") @Min(0) @Max(100000) @StatusReplicas
        @Nullable Integer replicas,
    @JsonPropertyDescription("Label selector of the pods, for autoscalers.")
        @Size(min = 1, max = 1024)
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription(
            "Pods that serve, and the images they really run; the first 1000 by name.")
        @Size(max = 1000)
        List<ServingPod> serving,
    @JsonPropertyDescription("Observations by Kubernetes conventions, one of each type.")
        @Size(max = 32)
        List<StatusCondition> conditions)
    implements ConditionedStatus {
  public ModelDeploymentStatus {
    serving = serving == null ? List.of() : List.copyOf(serving);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
