package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * A range of GPU-hours and the approvals it needs. Tiers ascend; what exceeds the last is refused.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Tier(
    @JsonPropertyDescription("Name of the tier, shown by kubectl get.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String name,
    @JsonPropertyDescription("Largest number of GPU-hours of the tier, included.")
        @Required
        @Size(min = 1, max = 16)
        @Pattern(Formats.GPU_HOURS)
        String upTo,
    @JsonPropertyDescription("Approvals that the tier needs; none where absent.")
        @Nullable ApprovalRequirement approvals) {}
